package slacktest

import "time"

// Trouble is each way in which calls fail, together a tenth of all calls that
// are made but for apps.connections.open. A fiftieth hang, half of which take
// effect before.
func Trouble() []Fault {
	ways := []Fault{
		{Status: 429, RetryAfter: time.Second}, {Status: 500}, {Status: 503, After: true}, {Error: "internal_error"},
		{Drop: true}, {Drop: true, After: true}, {Hang: true}, {Hang: true, After: true}, {Truncate: true}, {Body: "<html>sorry</html>", After: true},
	}
	for i := range ways {
		ways[i].Every = 95 + i // no two in step
		ways[i].Match = func(c Call) bool { return c.Method != "apps.connections.open" }
	}
	return ways
}
