package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"docent/rag/embed"
	"docent/rag/extract/ranker"
)

func (s settings) do(ctx context.Context, args []string, out io.Writer) error {
	var libraries []Sets
	for _, arg := range args {
		sets, err := readSets(arg)
		if err != nil {
			return err
		}
		libraries = append(libraries, sets)
	}
	var err error
	if s.command == "split" {
		if s.Split, err = readSplit(s.heldOut, ""); err != nil {
			return err
		}
		text, err := foldsOf(libraries, s.Split.heldOut)
		if err == nil {
			_, err = io.WriteString(out, text)
		}
		return err
	}
	if s.Split, err = readSplit(s.heldOut, s.folds); err != nil {
		return err
	}
	x, err := kept(s.examples, func() (*Examples, error) { return s.gather(ctx, libraries, embed.NewBuiltin()) })
	if err != nil {
		return err
	}
	if err := s.Split.apply(x); err != nil { // they may be older than the folds
		return err
	}
	if s.without >= 0 {
		x.List = slices.DeleteFunc(x.List, func(e Example) bool { return e.Fold == s.without })
	}
	s.Log.Info("examples", "questions", len(x.List), "words", len(x.Words), "weights", x.Shape.Len())
	embedded, projection := x.project()
	switch s.command {
	case "fit":
		return s.fit(ctx, x, embedded, projection, out)
	case "folds":
		return s.judgeFolds(ctx, x, embedded, out)
	}
	return s.ablate(ctx, x, embedded, out)
}

// foldTasks are one for each fold: it is read by what is fitted to the others.
func (s settings) foldTasks(x *Examples) (tasks []task) {
	for f := range folds {
		if f == s.without || s.only >= 0 && f != s.only {
			continue
		}
		tasks = append(tasks, task{
			fitted: x.where(func(e *Example) bool { return e.Fold != f && e.Fold != heldOut }),
			read:   x.where(func(e *Example) bool { return e.Fold == f }),
		})
	}
	return tasks
}

func (s settings) fit(ctx context.Context, x *Examples, embedded, projection []float32, out io.Writer) error {
	s.only = -1
	tasks := append(s.foldTasks(x), task{
		fitted: x.where(func(e *Example) bool { return e.Fold != heldOut }),
		read:   x.where(func(e *Example) bool { return e.Fold == heldOut }),
	})
	fitted, err := s.run(ctx, x, embedded, tasks, part{}, s.Log)
	if err != nil {
		return err
	}
	last := len(tasks) - 1
	outcomes := outcomesOf(x, tasks, fitted)
	whole := fitted[last]
	network := &ranker.Network{
		Shape: whole.shape, Measures: whole.measures, Projection: projection, Members: whole.members,
		Calibration: calibrate(slices.Concat(outcomes[:last]...)), Origin: x.Origin,
	}
	crossCalibrate(outcomes[:last])
	if err := s.print(out, "fitted to the other folds", slices.Concat(outcomes[:last]...)); err != nil {
		return err
	}
	if held := outcomes[last]; len(held) > 0 {
		setProbabilities(held, network.Calibration)
		if err := s.print(out, "held out", held); err != nil {
			return err
		}
	}
	data, err := network.Encode()
	if err != nil {
		return err
	}
	s.Log.Info("wrote", "file", s.out, "bytes", len(data), "sha256", fmt.Sprintf("%x", sha256.Sum256(data)))
	return write(s.out, data)
}

// outcomesOf are those of each task.
func outcomesOf(x *Examples, tasks []task, fitted []ensemble) [][]outcome {
	all := make([][]outcome, len(tasks))
	for i, t := range tasks {
		all[i] = judge(x, t.read, fitted[i].outputs)
	}
	return all
}

func (s settings) judgeFolds(ctx context.Context, x *Examples, embedded []float32, out io.Writer) error {
	all, err := s.foldOutcomes(ctx, x, embedded, part{})
	if err != nil {
		return err
	}
	return s.print(out, "fitted to the other folds", all)
}

// foldOutcomes are those of all folds, each by what is fitted to the others.
func (s settings) foldOutcomes(ctx context.Context, x *Examples, embedded []float32, without part) ([]outcome, error) {
	tasks := s.foldTasks(x)
	fitted, err := s.run(ctx, x, embedded, tasks, without, s.Log)
	if err != nil {
		return nil, err
	}
	outcomes := outcomesOf(x, tasks, fitted)
	if len(outcomes) == 1 {
		outcomes = halves(outcomes[0])
	}
	crossCalibrate(outcomes)
	return slices.Concat(outcomes...), nil
}

// halves parts outcomes by document.
func halves(all []outcome) [][]outcome {
	parts := make([][]outcome, 2)
	for _, o := range all {
		h := hashOf("half "+o.example.Document) % 2
		parts[h] = append(parts[h], o)
	}
	return parts
}

// ablate prints figures without each part of the inputs.
func (s settings) ablate(ctx context.Context, x *Examples, embedded []float32, out io.Writer) error {
	var b strings.Builder
	for i, p := range parts(x) {
		all, err := s.foldOutcomes(ctx, x, embedded, p)
		if err != nil {
			return err
		}
		groups := s.named(all)
		if i == 0 {
			b.WriteString("without")
			for _, g := range groups {
				fmt.Fprintf(&b, "\t%s hit@1\tAUC absent\tAUC wrong\tright", g.name)
			}
		}
		fmt.Fprintf(&b, "\n%s", p.name)
		for _, g := range groups {
			f := figures(g.outcomes, s.Limits)
			fmt.Fprintf(&b, "\t%.3f\t%.3f\t%.3f\t%.3f", f.Hit, f.AnswerableAbsent, f.RightWrong, f.Right)
		}
		s.Log.Info("ablation", "without", p.name)
	}
	b.WriteByte('\n')
	return aligned(out, b.String())
}

// named are the outcomes in whole libraries, by the groups that were asked for.
func (s settings) named(all []outcome) []group {
	whole := slices.DeleteFunc(slices.Clone(all), func(o outcome) bool { return o.example.Documents > 0 })
	groups := []group{{"all", whole}}
	for _, g := range s.groups {
		of := slices.DeleteFunc(slices.Clone(whole), func(o outcome) bool { return !slices.Contains(g.sets, o.example.Set) })
		groups = append(groups, group{g.name, of})
	}
	return groups
}

// print prints figures of outcomes of a kind, by group, set and size of the library.
func (s settings) print(w io.Writer, kind string, all []outcome) error {
	groups := append(s.named(all), by(all, func(e *Example) string {
		if e.Documents > 0 {
			return ""
		}
		return e.Set
	})...)
	groups = append(groups, by(all, func(e *Example) string {
		if e.Documents == 0 {
			return ""
		}
		return fmt.Sprintf("among %3d documents", e.Documents)
	})...)
	return table(w, kind, groups, s.Limits)
}

// write leaves the old weights or the new ones, whole.
func write(path string, data []byte) error {
	beside := path + ".new"
	if err := os.WriteFile(beside, data, 0o644); err != nil { //nolint:gosec // it goes into the repository
		_ = os.Remove(beside) // the first error says more
		return fmt.Errorf("write the weights: %w", err)
	}
	return os.Rename(beside, path)
}
