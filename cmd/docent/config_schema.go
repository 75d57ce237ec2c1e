package main

import (
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"strings"
	"time"
)

// schema is a part of a JSON Schema.
type schema map[string]any

// configSchema is the JSON Schema of docent.yaml, drawn from what it is decoded
// into.
func configSchema() schema {
	s := structSchema(reflect.ValueOf(defaults()), "")
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["title"] = configName
	return s
}

func writeConfigSchema(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(configSchema())
}

// structSchema describes a mapping with the keys of a struct, which is the value
// of a key at the top, and holds the defaults.
func structSchema(v reflect.Value, part string) schema {
	properties := make(schema)
	addProperties(properties, v, part)
	return schema{"type": []string{"object", "null"}, "properties": properties, "additionalProperties": false}
}

func addProperties(to schema, v reflect.Value, part string) {
	for f, value := range v.Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if options == "inline" {
			addProperties(to, value, part)
		}
		if name == "" {
			continue
		}
		s := valueSchema(value, name)
		s["description"] = f.Tag.Get("doc")
		if of := f.Tag.Get("enum"); of != "" {
			s["enum"] = strings.Split(of, ",")
		}
		if name == "provider" {
			s["enum"] = providers(part)
		}
		to[name] = s
	}
}

// valueSchema describes what a key takes, and its default.
func valueSchema(v reflect.Value, key string) schema {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() { // it has no default
			v = reflect.New(v.Type().Elem())
		}
		v = v.Elem()
	}
	s := typeSchema(v, key)
	if v.IsZero() || v.Kind() == reflect.Struct {
		return s
	}
	s["default"] = v.Interface()
	if text, ok := v.Interface().(fmt.Stringer); ok {
		s["default"] = text.String()
	}
	return s
}

func typeSchema(v reflect.Value, key string) schema {
	switch v.Interface().(type) {
	case time.Duration:
		return schema{"type": "string", "pattern": `^([0-9.]+(ns|us|µs|ms|s|m|h))+$`}
	case bytesSize:
		return schema{"type": []string{"string", "integer"}}
	}
	switch v.Kind() {
	case reflect.Struct:
		return structSchema(v, key)
	case reflect.Map:
		return schema{"type": []string{"object", "null"}, "additionalProperties": valueSchema(reflect.Zero(v.Type().Elem()), key)}
	case reflect.Slice:
		return schema{"type": "array", "items": valueSchema(reflect.Zero(v.Type().Elem()), key)}
	}
	return schema{"type": map[reflect.Kind]string{
		reflect.String: "string", reflect.Bool: "boolean", reflect.Int: "integer", reflect.Float64: "number",
	}[v.Kind()]}
}
