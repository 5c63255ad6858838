package watch

import "golang.org/x/sys/unix"

// local are the kinds of file systems whose changes are all made here, so that the
// system tells of them. Of any other, a network's or one that a program provides,
// it is not known.
var local = map[int64]bool{
	unix.EXT4_SUPER_MAGIC: true, unix.XFS_SUPER_MAGIC: true, unix.BTRFS_SUPER_MAGIC: true, unix.TMPFS_MAGIC: true,
	unix.RAMFS_MAGIC: true, unix.F2FS_SUPER_MAGIC: true, unix.OVERLAYFS_SUPER_MAGIC: true, unix.SQUASHFS_MAGIC: true,
	unix.EROFS_SUPER_MAGIC_V1: true, unix.ISOFS_SUPER_MAGIC: true, unix.MSDOS_SUPER_MAGIC: true, unix.EXFAT_SUPER_MAGIC: true,
	unix.REISERFS_SUPER_MAGIC: true, unix.NILFS_SUPER_MAGIC: true,
	0x2fc12fc1: true, // ZFS
	0x3153464a: true, // JFS
	0x5346544e: true, // NTFS
	0x7366746e: true, // NTFS, as newer kernels have it
	0xca451a4e: true, // bcachefs
}

// remote tells whether files in a folder may change without an event.
func remote(dir string) bool {
	var s unix.Statfs_t
	return unix.Statfs(dir, &s) != nil || !local[int64(s.Type)]
}
