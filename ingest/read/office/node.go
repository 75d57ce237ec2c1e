package office

import (
	"cmp"
	"encoding/xml"
	"iter"
	"strings"
)

// Node is an element of XML that was read whole, or a run of text in one.
type Node struct {
	// Name is the local name, "" for text.
	Name  string
	Attrs []xml.Attr
	// Text is that of a run of text, or what an element begins with.
	Text string
	// Nodes are the elements and texts in it after that, in order.
	Nodes []*Node
}

// mostNodes bounds the nodes that are held at once.
const mostNodes = 1 << 20

// Node reads the element that was just begun, as far as it is not damaged. Of
// alternatives that say the same in another way (mc:AlternateContent) the first
// stands for all.
func (x *XMLStream) Node(e xml.StartElement) (*Node, error) {
	return (&tree{XMLStream: x, name: e.Name.Local}).node(e)
}

// tree is the element of a name being read whole.
type tree struct {
	*XMLStream
	name string
	// held is how many nodes it has so far.
	held int
}

func (r *tree) node(e xml.StartElement) (*Node, error) {
	n := &Node{Name: e.Name.Local, Attrs: e.Attr}
	r.held++
	var text strings.Builder // comments may cut what an element begins with to many pieces
	defer func() { n.Text = text.String() }()
	for {
		t, err := r.Next()
		if err != nil {
			return n, err
		}
		switch t := t.(type) {
		case xml.CharData:
			if len(n.Nodes) == 0 {
				text.Write(t)
				continue
			}
			n.Nodes = append(n.Nodes, &Node{Text: string(t)})
			r.held++
		case xml.StartElement:
			child, err := r.node(t)
			n.Nodes = append(n.Nodes, child)
			if err != nil {
				return n, err
			}
		case xml.EndElement:
			if n.Name == "AlternateContent" {
				return cmp.Or(n.Child(""), &Node{}), nil
			}
			return n, nil
		}
		if r.held > mostNodes {
			return n, &tooManyError{count: r.held, limit: mostNodes, what: "elements and texts in one <" + r.name + ">"}
		}
	}
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

// Child is the first element of a name, or of any for "", that stands directly
// in this one, else nil. There is nothing in nil.
func (n *Node) Child(name string) *Node {
	var first *Node
	for first = range n.Each(name) {
		break
	}
	return first
}

// Attr is the value of the attribute of that local name, in any name space, or
// "".
func (n *Node) Attr(local string) string {
	if n == nil {
		return ""
	}
	return Attribute(xml.StartElement{Attr: n.Attrs}, local)
}

// Each yields the elements of a name, or all for "", that stand directly in
// this one.
func (n *Node) Each(name string) iter.Seq[*Node] {
	return func(yield func(*Node) bool) {
		if n == nil {
			return
		}
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
	if n == nil {
		return
	}
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
