package train

// Pool is a share of the batches, and the sources they come from.
type Pool struct {
	// Share of the batches; shares need not add up to one.
	Share float64
	// Batch is the number of pairs of a batch, 0 for the option's. A source
	// with fewer than smallSource pairs has batches of smallBatch.
	Batch int
	// Question is set where the first text asks and the second answers: they
	// are not swapped, and the second is cut to a window.
	Question bool
	Sources  []Source
}

// Source is a source of a pool.
type Source struct {
	Name string
	// Weight of the source among the pool's.
	Weight float64
	// Words is the weight of its words in the choice of the vocabulary.
	Words float64
}

const (
	smallSource = 1200
	smallBatch  = 256
	largeBatch  = 1024
)

// DefaultMixture is the mix that the built-in table is trained on: the shares were found
// on the development sets, with sources under free licences only.
func DefaultMixture() []Pool {
	return []Pool{
		{Share: .25, Sources: []Source{{Laws, 1, .05}}},
		{Share: .14, Batch: largeBatch, Sources: []Source{{"tat", 1, 1}}},
		{Share: .11, Batch: largeBatch, Sources: []Source{{"wikt", 1, 1}}},
		{Share: .06, Batch: largeBatch, Sources: []Source{{"wn", 1, .5}}},
		{Share: .08, Batch: largeBatch, Sources: []Source{{"wnfr", 1, .5}}},
		{Share: .02, Sources: []Source{{"pydoc", 1, .2}}},
		{Share: .12, Batch: largeBatch, Sources: []Source{{"tat_de", 1, 1}, {"tat_es", 1, 1}}},
		{Share: .14, Batch: largeBatch, Sources: []Source{{"wikt_de", 1, 1}, {"wikt_es", 1, 1}, {"wikt_it", 1, 1}}},
		{Share: .10, Batch: largeBatch, Sources: []Source{
			{"omw_de", 1, 1}, {"omw_es", 1, 1}, {"omw_it", 1, 1},
			{"omwfr_de", 1, 1}, {"omwfr_es", 1, 1}, {"omwfr_it", 1, 1},
		}},
		{Share: .15, Sources: []Source{
			{"eurovoc", 1, 1}, {"tico", 1.5, 1}, {"pud", 1.5, 1}, {"sdg", .4, 1}, {"urssaf", .8, 1}, {"ngc", .6, 1},
			{"osguide", .7, 1}, {"gnome", 1, 1}, {"moz", 1, 1}, {"cldr", 1.2, 1}, {"geo", .5, 1}, {"gcplay", .2, 1},
			{"quiz", 2.5, 1}, {"msft", .8, .5},
		}},
		{Share: .03, Sources: []Source{{"php", 1, .3}, {"httpd", .5, .3}}},
		{Share: .14, Question: true, Sources: []Source{
			{"qp_quiz", 3, 1}, {"qp_boolq", 2, 1}, {"qp_msft", 1.2, .5}, {"qp_factbook", .7, .5}, {"qp_urssaf", .7, 1},
			{"qp_crpa", .5, 1}, {"qp_osguide", .5, 1}, {"qp_ngc", .4, 1}, {"qp_etalab", .4, 1}, {"qp_covidfr", .4, 1},
			{"qp_react", .3, .5}, {"qp_va", .1, 1},
		}},
	}
}

// Names are the sources of a mix.
func Names(mix []Pool) []string {
	var names []string
	for _, pool := range mix {
		for _, s := range pool.Sources {
			names = append(names, s.Name)
		}
	}
	return names
}
