package office

import (
	"encoding/xml"
	"iter"
	"strings"
)

// Node is an element of XML that was read whole, or a run of text in one.
type Node struct {
	// Name is the local name, "" for text.
	Name  string
	Attrs []xml.Attr
	// Nodes are the elements and texts in it, in order.
	Nodes []*Node
	// Text is that of a run of text.
	Text string
}

// mostNodes bounds the nodes that are held at once.
const mostNodes = 1 << 20

// Node reads the element that was just begun, as far as it is not damaged. Of
// alternatives that say the same in another way (mc:AlternateContent) the first
// stands for all.
func (x *XMLStream) Node(e xml.StartElement) (*Node, error) {
	left := mostNodes
	return x.node(e, &left)
}

func (x *XMLStream) node(e xml.StartElement, left *int) (*Node, error) {
	n := &Node{Name: e.Name.Local, Attrs: e.Attr}
	for {
		t, err := x.Next()
		if err != nil {
			return n, err
		}
		if *left--; *left < 0 {
			return n, &tooManyError{count: mostNodes, limit: mostNodes, what: "elements in one"}
		}
		switch t := t.(type) {
		case xml.CharData:
			n.Nodes = append(n.Nodes, &Node{Text: string(t)})
		case xml.StartElement:
			child, err := x.node(t, left)
			n.Nodes = append(n.Nodes, child)
			if err != nil {
				return n, err
			}
		case xml.EndElement:
			if n.Name == "AlternateContent" {
				return n.first(), nil
			}
			return n, nil
		}
	}
}

// first is the first element in one, or an empty one.
func (n *Node) first() *Node {
	for _, c := range n.Nodes {
		if c.Name != "" {
			return c
		}
	}
	return &Node{}
}

// Root reads an entry of XML whole.
func (z *Zip) Root(name string) (*Node, error) {
	var root *Node
	err := z.XML(name, func(x *XMLStream, e xml.StartElement) (err error) {
		root, err = x.Node(e)
		return err
	})
	if root == nil {
		root = &Node{}
	}
	return root, err
}

// Part reads a part of a document whole. One that is missing is empty; what is
// missing of a damaged one is warned of.
func (o *Composer) Part(name string) *Node {
	if !o.Has(name) {
		return &Node{}
	}
	root, err := o.Root(name)
	if err != nil {
		o.Warn("%s cannot be read: %v", name, err)
	}
	return root
}

// Attr is the value of the attribute of that local name, in any name space, or
// "".
func (n *Node) Attr(local string) string { return Attribute(xml.StartElement{Attr: n.Attrs}, local) }

// Each yields the elements of a name, or all for "", that stand directly in
// this one.
func (n *Node) Each(name string) iter.Seq[*Node] {
	return func(yield func(*Node) bool) {
		for _, c := range n.Nodes {
			if c.Name != "" && (name == "" || c.Name == name) && !yield(c) {
				return
			}
		}
	}
}

// Walk visits what is in an element and, where visit returns true, what is in
// that.
func (n *Node) Walk(visit func(*Node) (into bool)) {
	for _, c := range n.Nodes {
		if visit(c) {
			c.Walk(visit)
		}
	}
}

// Content is the text in an element and in those in it.
func (n *Node) Content() string {
	var b strings.Builder
	b.WriteString(n.Text)
	n.Walk(func(c *Node) bool {
		b.WriteString(c.Text)
		return true
	})
	return b.String()
}
