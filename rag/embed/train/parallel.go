package train

import (
	"sync"
	"sync/atomic"
)

// parallel calls do for 0 to n-1 on the workers. Who does which differs from
// run to run, so what do computes must depend on its number only; the worker is
// told for buffers that are its own.
func parallel(workers, n int, do func(worker, i int)) {
	const share = 16
	var next atomic.Int64
	work := func(worker int) {
		for {
			from := int(next.Add(share)) - share
			if from >= n {
				return
			}
			for i := from; i < min(n, from+share); i++ {
				do(worker, i)
			}
		}
	}
	var all sync.WaitGroup
	for w := 1; w < workers; w++ {
		all.Go(func() { work(w) })
	}
	work(0)
	all.Wait()
}
