// Package ranker tells which of a question's candidates answers it, and how
// surely, with a small neural network whose weights cmd/trainranker fits:
//
//	network, err := ranker.Open(data)
//	r, err := ranker.New(network, names, vectors)
//	asked := r.Ask(question)
//	for i := range candidates {
//		outputs = append(outputs, asked.Score(&candidates[i]))
//	}
//	p := network.Calibration.Probability(ranker.EvidenceOf(outputs, best, passages, words))
//
// A candidate is read in three ways. How well it meets each word of the question
// goes through Gaussian kernels, summed over the words by how much each matters
// (Xiong et al., "End-to-End Neural Ad-hoc Ranking with Kernel Pooling", 2017).
// Its words, knowing the question, go through a convolution and are pooled (Kim,
// "Convolutional Neural Networks for Sentence Classification", 2014): what kind of
// thing is asked for, and whether something of the kind is said. And measures are
// taken as they are, standardised. A perceptron of three layers makes two outputs
// of all this; those of several networks, fitted from several seeds, are averaged.
package ranker
