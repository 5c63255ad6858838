package index

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Checksums are CRC-32C, for which processors have an instruction: some ten
// gigabytes a second where SHA-256 does one. They are there against what disks,
// cables and half-written files do, and not against who means to deceive.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// checksumsFile lists a generation's other files. It is written when the
// generation is complete, before current names it, and current has its checksum.
const checksumsFile = "checksums.json"

// fileSum is what a file of a generation has to be.
type fileSum struct {
	Name string `json:"name"` // below the generation's folder, with slashes
	Size int64  `json:"size"` // bytes
	CRC  string `json:"crc32c"`
}

func crcText(sum uint32) string { return fmt.Sprintf("%08x", sum) }

func crcOf(b []byte) string { return crcText(crc32.Checksum(b, castagnoli)) }

// crcOfFile reads a file whole.
func crcOfFile(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := crc32.New(castagnoli)
	if _, err := io.CopyBuffer(onlyWriter{h}, f, make([]byte, 1<<20)); err != nil {
		return "", err
	}
	return crcText(h.Sum32()), nil
}

// onlyWriter hides all else, so that a copy goes through the buffer it is given.
type onlyWriter struct{ io.Writer }

// filesOf are a generation's files but for the list itself, by their names.
func filesOf(dir string) (map[string]fs.FileInfo, error) {
	files := map[string]fs.FileInfo{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		info, err := d.Info()
		if rel = filepath.ToSlash(rel); err == nil && rel != checksumsFile {
			files[rel] = info
		}
		return err
	})
	return files, err
}

// sumFiles takes the checksums of a generation that is complete. A file that is a
// link to one of the generation before is known already. What the generation
// before had and this one has not was read to make it, by a merge: it is held
// against its own checksum now, for else its damage would go on under a new one.
func sumFiles(dir, before string, known []fileSum) ([]fileSum, error) {
	files, err := filesOf(dir)
	if err != nil {
		return nil, fmt.Errorf("listing the new index: %w", err)
	}
	var sums []fileSum
	carried := map[string]bool{}
	for _, k := range known {
		info, there := files[k.Name]
		old, err := os.Stat(filepath.Join(before, filepath.FromSlash(k.Name)))
		if there && err == nil && os.SameFile(info, old) {
			sums = append(sums, k)
			carried[k.Name] = true
		} else if d := k.check(before, true); d != "" {
			return nil, &DamageError{All: []Damage{{filepath.Base(before) + "/" + k.Name, d}}}
		}
	}
	for name, info := range files {
		if carried[name] {
			continue
		}
		crc, err := crcOfFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			return nil, fmt.Errorf("taking the checksums of the new index: %w", err)
		}
		sums = append(sums, fileSum{name, info.Size(), crc})
	}
	slices.SortFunc(sums, func(a, b fileSum) int { return strings.Compare(a.Name, b.Name) })
	return sums, nil
}

// writeSums writes the list of a generation's checksums, and gives its own.
func writeSums(dir string, sums []fileSum) (string, error) {
	raw, err := json.MarshalIndent(sums, "", " ")
	if err != nil {
		return "", fmt.Errorf("encoding checksums: %w", err)
	}
	if err := writeSynced(filepath.Join(dir, checksumsFile), raw); err != nil {
		return "", fmt.Errorf("writing checksums: %w", err)
	}
	syncFolder(filepath.Join(dir, "store"))
	syncFolder(dir)
	return crcOf(raw), nil
}

// sums reads the list of the checksums of a state's generation.
func (f folder) sums(s state) ([]fileSum, error) {
	name := s.Generation + "/" + checksumsFile
	raw, err := os.ReadFile(f.path(name))
	var sums []fileSum
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &DamageError{All: []Damage{{name, "it is missing"}}}
	case err != nil:
		return nil, fmt.Errorf("%w: reading %s: %v", ErrDamaged, name, err)
	case crcOf(raw) != s.Checksums:
		return nil, &DamageError{All: []Damage{{name, otherBytes(crcOf(raw), s.Checksums)}}}
	}
	if err := json.Unmarshal(raw, &sums); err != nil {
		return nil, fmt.Errorf("%w: %s: %v", ErrDamaged, name, err)
	}
	return sums, nil
}

// asListed tells whether a generation's files are as its list says, if it has one:
// if not, it was never complete.
func asListed(dir string) bool {
	raw, err := os.ReadFile(filepath.Join(dir, checksumsFile))
	if err != nil {
		return errors.Is(err, fs.ErrNotExist)
	}
	var sums []fileSum
	if json.Unmarshal(raw, &sums) != nil {
		return false
	}
	for _, k := range sums {
		if k.check(dir, true) != "" {
			return false
		}
	}
	return true
}

func otherBytes(got, want string) string {
	return fmt.Sprintf("it has other bytes than were written (CRC-32C %s, not %s)", got, want)
}

// check tells what is wrong with a file below dir, "" where nothing is. Its bytes
// are read only where whole says so.
func (k fileSum) check(dir string, whole bool) string {
	name := filepath.Join(dir, filepath.FromSlash(k.Name))
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "it is missing"
	case err != nil:
		return fmt.Sprintf("it can't be read (%v)", err)
	case info.Size() != k.Size:
		return fmt.Sprintf("it has %d bytes, not %d", info.Size(), k.Size)
	case !whole:
		return ""
	}
	crc, err := crcOfFile(name)
	switch {
	case err != nil:
		return fmt.Sprintf("it can't be read (%v)", err)
	case crc != k.CRC:
		return otherBytes(crc, k.CRC)
	}
	return ""
}

// sealLength is how many bytes a stored record's own checksum takes.
const sealLength = 4

// seal puts a checksum behind a record. It covers the document's key too, so that
// a record is never taken for another's.
func seal(id, record string) string {
	return string(binary.BigEndian.AppendUint32([]byte(record), sealOf(id, record)))
}

func sealOf(id, record string) uint32 {
	return crc32.Update(crc32.Checksum([]byte(id), castagnoli), castagnoli, []byte(record))
}

// unseal gives a record without its checksum, if that is right.
func unseal(id, sealed string) (string, error) {
	cut := len(sealed) - sealLength
	if cut < 0 || binary.BigEndian.Uint32([]byte(sealed[cut:])) != sealOf(id, sealed[:cut]) {
		return "", fmt.Errorf("%w: the record of %s does not match its checksum", ErrDamaged, id)
	}
	return sealed[:cut], nil
}
