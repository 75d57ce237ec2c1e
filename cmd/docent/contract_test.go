package main

import (
	"fmt"
	"maps"
	"slices"
)

// object is an object with exactly these fields, each is a list of which all
// elements are alike, counted is an object of numbers by any name, tagged one
// of texts, anyhow one of whatever it holds, and maybe is null where there is
// none.
type (
	object  map[string]any
	each    struct{ of any }
	counted struct{}
	anyhow  struct{}
	tagged  struct{}
	maybe   struct{ of any }
)

const (
	text   = "text"
	number = "number"
	yesNo  = "yes or no"
)

// contract is the machine contract as its readers know it, written out apart
// from the types that produce it.
var contract = map[string]any{
	"ask": object{
		"id": text, "question": text, "language": text, "intent": text, "status": text, "answer": text,
		"claims":    each{object{"text": text, "citations": each{number}, "grade": text}},
		"citations": citations, "nearest": citations, "confidence": number,
		"documents": each{object{"document": text, "uri": text, "title": text, "date": text}},
		"evidence": each{object{
			"document": text, "passage": number, "start": number, "end": number, "page": number, "text": text,
			"score": number, "lexical": number, "vector": number,
		}},
		"mode": text, "model": text, "prompt": text, "unsupported": number,
		"blocks": each{object{"kind": text, "text": text, "columns": each{text}, "rows": each{each{text}}, "claims": each{number}}},
		"did":    text, "rounds": number, "tool_calls": number, "sent": each{text}, "dropped": each{object{"text": text, "reasons": each{text}}},
		"usage": object{"input_tokens": number, "cached_tokens": number, "output_tokens": number},
		"cost":  maybe{number}, "currency": text,
		"timings_ms": object{"retrieve": number, "answer": number, "total": number},
	},
	"search": object{
		"id": text, "query": text,
		"hits": each{object{
			"document": text, "uri": text, "title": text, "passage": number, "start": number, "end": number, "page": number,
			"text": text, "score": number, "lexical": number, "vector": number,
		}},
	},
	"documents": object{
		"document": text, "uri": text, "title": text, "author": text, "format": text, "language": text, "space": text,
		"passages": number, "bytes": number, "date": text, "hash": text, "status": text, "version": text, "aliases": each{text},
	},
	"read": object{
		"file": text, "member": text, "key": text, "format": text, "title": text, "author": text, "language": text, "date": text,
		"status": text, "version": text, "aliases": each{text}, "url": text, "warnings": each{text}, "seconds": number, "text": text,
		"blocks": each{object{"kind": text, "level": number, "start": number, "end": number, "page": number, "row": number, "header": number, "lead": number, "cells": each{each{number}}}},
	},
	"ingest": object{
		"added": number, "changed": number, "removed": number, "unchanged": number, "held": number, "links": number, "ignored": number,
		"failed": each{object{"uri": text, "error": text}}, "passages": number, "seconds": number,
	},
	"eval": object{
		"set": text, "view": text, "level": text, "notes": each{text}, "figures": figures,
		"groups":      each{object{"tag": text, "value": text, "figures": figures}},
		"calibration": each{object{"confidence": number, "right": number, "n": number}},
		"refusals":    each{object{"threshold": number, "unanswerable": number, "answerable": number}},
		"questions":   each{outcome(nil)},
	},
	"failure": outcome(object{"set": text, "view": text, "failed": each{text}}),
	"comparison": object{
		"set": text, "view": text, "only": number,
		"differences": each{object{
			"measure": text, "before": number, "after": number, "change": number, "low": number, "high": number, "n": number,
		}},
	},
	"error":    object{"error": text, "hint": text},
	"removed":  object{"removed": each{text}},
	"backup":   object{"file": text, "bytes": number, "beside": each{text}},
	"restored": object{"restored": each{text}},
	"integrity": object{
		"library": text, "faults": each{object{"document": text, "problem": text}}, "repaired": yesNo,
		"lost": each{object{"document": text, "file": text}}, "files": number, "changed": number,
	},
	"status": object{
		"library": text, "bytes": number, "documents": number, "passages": number, "text_bytes": number,
		"spaces": counted{}, "languages": counted{}, "outdated": object{"documents": number, "gone": number},
		"embedder": object{"name": text, "version": text, "dimension": number, "analysis": number},
		"usage":    each{object{"model": text, "calls": number, "input_tokens": number, "cached_tokens": number, "output_tokens": number, "cost": maybe{number}, "currency": text}},
	},
	"config": object{"file": text, "config": anyhow{}, "origins": tagged{}},
	"config path": object{
		"file": text, "search": each{object{"source": text, "file": text, "state": text}},
	},
	"doctor":  object{"check": text, "ok": yesNo, "found": text, "error": text, "hint": text},
	"version": object{"version": text, "commit": text, "date": text, "modified": yesNo, "go": text, "platform": text},
}

var citations = each{object{
	"n": number, "document": text, "uri": text, "title": text, "heading": each{text}, "page": number, "row": number,
	"start": number, "end": number, "quote": text, "date": text,
	"context": each{object{"start": number, "end": number, "text": text}},
}}

var figures = each{object{"measure": text, "value": number, "low": number, "high": number, "n": number}}

// outcome is what an evaluation tells of a question, with further fields.
func outcome(more object) object {
	o := object{
		"id": text, "question": text, "tags": tagged{}, "found": each{text}, "judged": each{text}, "rank": number,
		"answer": maybe{object{
			"text": text, "refused": yesNo, "confidence": number, "citations": each{object{"doc": text, "text": text}},
			"nearest": each{object{"doc": text, "text": text}}, "accepted": each{text}, "units": each{text}, "unanswerable": yesNo,
		}},
		"scores": counted{},
	}
	maps.Copy(o, more)
	return o
}

// conforms says where decoded JSON departs from what is wanted.
func conforms(want, got any, at string) error {
	switch want := want.(type) {
	case object:
		fields, ok := got.(map[string]any)
		if !ok {
			return fmt.Errorf("%s is %T, not an object", at, got)
		}
		if w, g := slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(fields)); !slices.Equal(w, g) {
			return fmt.Errorf("%s has the fields %q, not %q", at, g, w)
		}
		for name, field := range fields {
			if err := conforms(want[name], field, at+"."+name); err != nil {
				return err
			}
		}
	case each:
		elements, ok := got.([]any)
		if !ok {
			return fmt.Errorf("%s is %T, not a list", at, got)
		}
		for i, e := range elements {
			if err := conforms(want.of, e, fmt.Sprintf("%s[%d]", at, i)); err != nil {
				return err
			}
		}
	case counted:
		return eachField(number, got, at)
	case tagged:
		return eachField(text, got, at)
	case anyhow:
		if _, ok := got.(map[string]any); !ok {
			return fmt.Errorf("%s is %T, not an object", at, got)
		}
	case maybe:
		if got != nil {
			return conforms(want.of, got, at)
		}
	case string:
		return isA(want, got, at)
	default:
		return fmt.Errorf("%s: nothing is known of it", at)
	}
	return nil
}

// eachField holds the fields of an object, whatever their names.
func eachField(want, got any, at string) error {
	fields, ok := got.(map[string]any)
	if !ok {
		return fmt.Errorf("%s is %T, not an object", at, got)
	}
	for name, field := range fields {
		if err := conforms(want, field, at+"."+name); err != nil {
			return err
		}
	}
	return nil
}

func isA(want string, got any, at string) error {
	ok := false
	switch want {
	case text:
		_, ok = got.(string)
	case number:
		_, ok = got.(float64)
	case yesNo:
		_, ok = got.(bool)
	}
	if !ok {
		return fmt.Errorf("%s is %T, not a %s", at, got, want)
	}
	return nil
}
