package main

import "docent/rag"

// model opens the language model of the configuration; nil where it has none.
func (a *app) model(config) (rag.Model, error) { return nil, nil }
