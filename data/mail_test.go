package data_test

import (
	"errors"
	"strings"
	"testing"

	"onrecord/data"
)

// TestMailText: what of a message's lines is a paragraph, and whose words it is.
func TestMailText(t *testing.T) {
	t.Parallel()
	const head = "From: Nina Ambledown <nina@harbour.example>\nSubject: Weir\nDate: 4 Mar 2031 10:00 +0000\n"
	for name, c := range map[string]struct{ raw, want string }{
		"plain":              {head + "\nIt held.\n\nIt is old.\n", "It held.|It is old."},
		"from Windows":       {strings.ReplaceAll(head+"\nIt held.\n\nIt is old.\n", "\n", "\r\n"), "It held.|It is old."},
		"wrapped":            {head + "\nThe weir at Pellworth held through the night of the flood, the warden\nsaid.\nIt is old.\n", "The weir at Pellworth held through the night of the flood, the warden said.|It is old."},
		"lines of any width": {head + "\n" + strings.Repeat("The canal is long. ", 8) + "\nIt held.\n", strings.TrimSpace(strings.Repeat("The canal is long. ", 8)) + "|It held."},
		"flowed":             {head + "Content-Type: text/plain; format=flowed\n\nThe weir \nheld.\nIt is old.\n", "The weir held.|It is old."},
		"flowed, cut words":  {head + "Content-Type: text/plain; format=flowed; delsp=yes\n\nПло \nтина.\n", "Плотина."},
		"base64":             {head + "Content-Type: text/plain; charset=koi8-r\nContent-Transfer-Encoding: base64\n\n8MzP1MnOwS4=\n", "Плотина."},
		"an unknown set":     {head + "Content-Type: text/plain; charset=x-marl\n\nIt held.\n", "It held."},
		"quoted":             {head + "\nYes.\n\nOn Monday, Bo Gus wrote:\n> No.\n> > Maybe.\nStill yes.\n", "Yes.|(On Monday, Bo Gus wrote:)|(No.)|(Maybe.)|Still yes."},
		"signed":             {head + "\nYes.\n-- \nNina Ambledown\nHarbour Council\n", "Yes.|(--)|(Nina Ambledown)|(Harbour Council)"},
		"with the original":  {head + "\nYes.\n\n-----Original Message-----\nFrom: Bo Gus\n\nNo.\n", "Yes.|(-----Original Message-----)|(From: Bo Gus)|(No.)"},
		"an attachment":      {head + "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nYes.\n--b\nContent-Type: text/plain\nContent-Disposition: attachment\n\nNo.\n--b--\n", "Yes."},
		"cut off":            {head + "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nYes.\n", "Yes."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, err := data.Parse("a.eml", []byte(c.raw))
			if err != nil {
				t.Fatal(err)
			}
			checkParagraphs(t, a)
			var got []string
			for _, p := range a.Paragraphs[1:] {
				s := a.Text[p.Start:p.End]
				if p.Role != data.Body {
					s = "(" + s + ")"
				}
				got = append(got, s)
			}
			if s := strings.Join(got, "|"); s != c.want {
				t.Errorf("read %q, want %q", s, c.want)
			}
			if a.Title != "Weir" || a.Author != "Nina Ambledown" || a.Date != "2031-03-04" {
				t.Errorf("%q by %q on %q", a.Title, a.Author, a.Date)
			}
		})
	}
}

// TestNewsItemsAreRefused where they are no news, have no text, or were taken back.
func TestNewsItemsAreRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		file, raw string
		want      error
	}{
		{"a.eml", "No headers here.\n", data.ErrNoMail},
		{"a.eml", "X-Odd: 1\n\nText.", data.ErrNoMail},
		{"a.eml", "Subject: Weir\nContent-Type: image/png\n\nx", data.ErrNoText},
		{"a.xml", "<rss><channel/></rss>", data.ErrNoNews},
		{"a.xml", "no markup", data.ErrMarkup},
		{"a.xml", strings.Repeat("<p>", 2000), data.ErrMarkup},
		{"a.xml", "<nitf><body/></nitf>", data.ErrNoText},
		{"a.xml", `<nitf><head><docdata management-status="killed"/></head><body><body.content><p>T</p></body.content></body></nitf>`, data.ErrWithdrawn},
		{"a.xml", `<newsItem><itemMeta><pubStatus qcode="stat:canceled"/></itemMeta><contentSet><inlineXML><p>T</p></inlineXML></contentSet></newsItem>`, data.ErrWithdrawn},
		{"a.xml", `<newsMessage><itemSet/></newsMessage>`, data.ErrNoText},
		{"a.json", `{"a":`, data.ErrNoJSON},
		{"a.json", `[]`, data.ErrNoNinjs},
		{"a.json", `{"name":"package"}`, data.ErrNoNinjs},
		{"a.json", `{"headline":"T","body_text":"T","pubstatus":"canceled"}`, data.ErrWithdrawn},
	} {
		if _, err := data.Parse(c.file, []byte(c.raw)); !errors.Is(err, c.want) || !data.Refused(err) {
			t.Errorf("%s: %v, not %v", c.raw[:min(len(c.raw), 60)], err, c.want)
		}
	}
}

// TestNewsMessages: of several items the first one with a text is read, and that
// is noted; other character sets are, too.
func TestNewsMessages(t *testing.T) {
	t.Parallel()
	const empty, item = `<newsItem><contentMeta><headline>A</headline></contentMeta></newsItem>`,
		`<newsItem><contentMeta><headline>B</headline><creator literal="Gerta Pellam"/></contentMeta><contentSet><inlineData contenttype="text/plain">It held.` + "\n" + `It is old.</inlineData></contentSet></newsItem>`
	a, err := data.Parse("a.xml", []byte(`<?xml version="1.0"?><newsMessage xmlns="x"><itemSet>`+empty+item+item+`</itemSet></newsMessage>`))
	if err != nil {
		t.Fatal(err)
	}
	if a.Text != "B\nIt held.\nIt is old.\n" || a.Author != "Gerta Pellam" || len(a.Notes) != 1 {
		t.Errorf("read %q by %q, notes %q", a.Text, a.Author, a.Notes)
	}
	a, err = data.Parse("a.xml", []byte("<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><nitf><body><body.content><p>Zo\xeb &#8220;a&nbsp;b&#8221;</p></body.content></body></nitf>"))
	if err != nil || a.Text != "Zoë “a\u00a0b”\n" {
		t.Errorf("read %q, %v", a.Text, err)
	}
}
