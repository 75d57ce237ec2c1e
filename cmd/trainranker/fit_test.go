package main

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"

	"docent/rag/extract/ranker"
)

func quick() Options {
	o := defaults()
	o.Epochs, o.Warm, o.Rate = 12, 10, 5e-3
	return o
}

func byFold(x *Examples) []task {
	return []task{{
		fitted: x.where(func(e *Example) bool { return e.Fold != 0 }), read: x.where(func(e *Example) bool { return e.Fold == 0 }),
	}, {
		fitted: x.where(func(e *Example) bool { return e.Fold != 1 }), read: x.where(func(e *Example) bool { return e.Fold == 1 }),
	}}
}

// What is fitted finds on other questions what the examples are made to show.
func TestFitLearns(t *testing.T) {
	x := made(1500)
	embedded, _ := x.project()
	tasks := byFold(x)
	fitted, err := Ensemble{Options: quick(), Members: 1, Workers: 2}.run(t.Context(), x, embedded, tasks)
	if err != nil {
		t.Fatal(err)
	}
	outcomes := fitted[0].judge(x, tasks[0].read)
	setProbabilities(outcomes, calibrate(outcomes))
	if _, right, _, _ := shown(outcomes); right < .9 {
		t.Errorf("%.2f are answered right: it learns too little", right)
	}
}

// The weights do not depend on how many cores there are.
func TestFitIsTheSameOnAnyNumberOfCores(t *testing.T) {
	x := made(60)
	embedded, projection := x.project()
	var files [][]byte
	for _, workers := range []int{1, 4} {
		fitted, err := Ensemble{Options: quick(), Members: 3, Workers: workers}.run(t.Context(), x, embedded, byFold(x))
		if err != nil {
			t.Fatal(err)
		}
		n := ranker.Network{
			Shape: x.Shape, Measures: fitted[1].measures, Projection: projection, Members: fitted[1].members,
			Calibration: calibrate(fitted[1].judge(x, byFold(x)[1].read)),
		}
		data, err := n.Encode()
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, data)
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("another number of cores makes other weights")
	}
}

func TestChoose(t *testing.T) {
	labels := make([]float32, 60)
	for _, right := range []int{3, 50} {
		labels[right] = 1
	}
	random := rand.New(rand.NewPCG(1, 1))
	seen := make(map[int]int)
	for range 200 {
		chosen := choose(labels, 20, random)
		if len(chosen) != 20 || !slices.Contains(chosen, 3) || !slices.Contains(chosen, 50) {
			t.Fatalf("chose %v: not 20, or not all that is right", chosen)
		}
		for _, c := range chosen {
			seen[c]++
		}
	}
	for i, n := range seen {
		if best := i < 13 || i == 50; best != (n == 200) {
			t.Errorf("candidate %d was chosen %d times of 200", i, n)
		}
	}
	if len(seen) != 60 {
		t.Errorf("%d of 60 were chosen in 200 times", len(seen))
	}
	if all := choose(labels[:10], 20, random); len(all) != 10 {
		t.Errorf("chose %v of 10", all)
	}
}

func TestProjectKeepsMostOfWhatVectorsDifferIn(t *testing.T) {
	x := made(1)
	d := x.Shape.Vector
	for i := range x.Words { // the last numbers say little
		for k := x.Shape.Projected; k < d; k++ {
			x.Vectors[i*d+k] /= 100
		}
	}
	embedded, _ := x.project()
	for i := range x.Words {
		var got, want float64
		for _, v := range embedded[i*x.Shape.Projected : (i+1)*x.Shape.Projected] {
			got += float64(v) * float64(v) / loudness / loudness
		}
		for _, v := range x.Vectors[i*d : (i+1)*d] {
			want += float64(v) * float64(v)
		}
		if got < .98*want || got > 1.001*want {
			t.Fatalf("the projection of word %d has %.4f of %.4f", i, got, want)
		}
	}
}
