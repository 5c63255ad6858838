// Requests and responses held against Discord's own OpenAPI file, where that is at
// hand: in ../shared beside the project.

package discordtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

const (
	openAPIName = "discord-openapi.json"
	// openAPIURL is what the file is called within the schemas' compiler.
	openAPIURL = "https://discord.test/" + openAPIName
	// shownError is how many bytes of a schema's complaint are shown.
	shownError = 1500
)

// schema compiles the file's schemas as they are first needed. A nil schema
// accepts everything.
type schema struct {
	document object
	mu       sync.Mutex
	compiler *jsonschema.Compiler
	compiled map[string]*jsonschema.Schema
}

// loadOpenAPI reads the file once in a process; nil where there is none.
var loadOpenAPI = sync.OnceValues(readOpenAPI)

func openAPI(t testing.TB) *schema {
	t.Helper()
	s, err := loadOpenAPI()
	if err != nil {
		t.Fatalf("reading Discord's OpenAPI file: %v", err)
	}
	if s == nil {
		t.Logf("no ../shared/%s beside the project: bodies are not held against Discord's schema", openAPIName)
	}
	return s
}

func readOpenAPI() (*schema, error) {
	root, err := projectRoot()
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(filepath.Join(root, "..", "shared", openAPIName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	document, _ := parsed.(object)
	allowPermissionStrings(document)
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource(openAPIURL, document); err != nil {
		return nil, err
	}
	return &schema{document: document, compiler: compiler, compiled: map[string]*jsonschema.Schema{}}, nil
}

// projectRoot is the folder of go.mod, above the one in which the test runs.
func projectRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		if parent := filepath.Dir(dir); parent != dir {
			dir = parent
			continue
		}
		return "", errors.New("looking for the project's root: no go.mod in the working folder or above it")
	}
}

// allowPermissionStrings lets default_member_permissions be a string, as Discord
// does: the file has it as an integer alone.
func allowPermissionStrings(document object) {
	components, _ := document["components"].(object)
	schemas, _ := components["schemas"].(object)
	for _, s := range schemas {
		described, _ := s.(object)
		properties, _ := described["properties"].(object)
		if permissions, ok := properties["default_member_permissions"].(object); ok {
			permissions["type"] = []any{"integer", "string", "null"}
		}
	}
}

// request holds a request's body against the endpoint's schema.
func (s *schema) request(e *endpoint, body []byte) error {
	if s == nil || body == nil {
		return nil
	}
	return s.validate([]string{"paths", e.path, strings.ToLower(e.method), "requestBody", "content", "application/json", "schema"}, body)
}

// response holds one of our own answers against the endpoint's schema.
func (s *schema) response(e *endpoint, answer reply) error {
	if s == nil || answer.body == nil {
		return nil
	}
	body, err := json.Marshal(answer.body)
	if err != nil {
		return err
	}
	status := strconv.Itoa(answer.status)
	return s.validate([]string{"paths", e.path, strings.ToLower(e.method), "responses", status, "content", "application/json", "schema"}, body)
}

// validate holds a body against the schema at the path, if the file has one there.
func (s *schema) validate(path []string, body []byte) error {
	compiled, err := s.at(path)
	if err != nil || compiled == nil {
		return err
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		return err
	}
	if err := compiled.Validate(value); err != nil {
		return fmt.Errorf("against Discord's schema: %.*s", shownError, err)
	}
	return nil
}

func (s *schema) at(path []string) (*jsonschema.Schema, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	pointer := ""
	var node any = s.document
	for _, part := range path {
		inside, _ := node.(object)
		node = inside[part]
		part = strings.NewReplacer("~", "~0", "/", "~1").Replace(part)
		pointer += "/" + url.PathEscape(part)
	}
	if node == nil {
		return nil, nil
	}
	if s.compiled[pointer] == nil {
		compiled, err := s.compiler.Compile(openAPIURL + "#" + pointer)
		if err != nil {
			return nil, fmt.Errorf("compiling the schema at %s: %w", pointer, err)
		}
		s.compiled[pointer] = compiled
	}
	return s.compiled[pointer], nil
}

// SchemaAtHand reports whether requests are held against Discord's OpenAPI file.
func SchemaAtHand() bool {
	s, err := loadOpenAPI()
	return s != nil && err == nil
}
