package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"slices"

	"docent/rag/embed"
	"docent/rag/eval"
	"docent/rag/extract/ranker"
)

func (s settings) do(ctx context.Context, args []string, out io.Writer) error {
	held, err := eval.ReadDocumentList(s.heldOut)
	if err != nil {
		return fmt.Errorf("read what is held out: %w", err)
	}
	var libraries []Sets
	for _, arg := range args {
		sets, err := readSets(arg)
		if err != nil {
			return err
		}
		libraries = append(libraries, sets)
	}
	if s.command == "split" {
		return printFolds(out, libraries, held)
	}
	x, err := kept(s.examples, func() (*Examples, error) { return s.gather(ctx, libraries, held, embed.NewBuiltin()) })
	if err != nil {
		return err
	}
	x.List = slices.DeleteFunc(x.List, func(e Example) bool { return e.Fold == s.without })
	if s.mute != "" {
		if err := x.mute(s.mute); err != nil {
			return err
		}
	}
	s.log.Info("examples", "questions", len(x.List), "words", len(x.Words), "weights", x.Shape.Len())
	return s.fit(ctx, x, out)
}

// fit prints the figures of each fold by networks fitted to the others, and for
// the command of that name fits others to all and writes them.
func (s settings) fit(ctx context.Context, x *Examples, out io.Writer) error {
	var tasks []task
	for f := range folds {
		if f != s.without {
			tasks = append(tasks, task{
				fitted: x.where(func(e *Example) bool { return e.Fold != f }), read: x.where(func(e *Example) bool { return e.Fold == f }),
			})
		}
	}
	judged := len(tasks)
	if s.command == "fit" {
		tasks = append(tasks, task{fitted: x.where(func(*Example) bool { return true })})
	}
	embedded, projection := x.project()
	fitted, err := s.run(ctx, x, embedded, tasks)
	if err != nil {
		return err
	}
	outcomes := make([][]outcome, judged)
	for i, t := range tasks[:judged] {
		outcomes[i] = fitted[i].judge(x, t.read)
	}
	crossCalibrate(outcomes)
	all := slices.Concat(outcomes...)
	if err := printFigures(out, "fitted to the other folds", all); err != nil || judged == len(tasks) {
		return err
	}
	whole := fitted[judged]
	network := &ranker.Network{
		Shape: whole.shape, Measures: whole.measures, Projection: projection, Members: whole.members,
		Calibration: calibrate(all), Origin: x.Origin,
	}
	data, err := network.Encode()
	if err != nil {
		return err
	}
	s.log.Info("write", "file", s.out, "bytes", len(data), "sha256", fmt.Sprintf("%x", sha256.Sum256(data)))
	return write(s.out, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}
