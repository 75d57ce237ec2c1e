//go:build unix

package sandbox

import (
	"errors"
	"net"
	"os"
	"syscall"
)

// passing is a connection over which open files go from a process to another.
type passing struct{ conn *net.UnixConn }

// newPassing is one with its other end, which a process is to have as file 3.
func newPassing() (*passing, *os.File, error) {
	syscall.ForkLock.RLock()
	pair, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
	if err == nil {
		syscall.CloseOnExec(pair[0])
		syscall.CloseOnExec(pair[1])
	}
	syscall.ForkLock.RUnlock()
	if err != nil {
		return nil, nil, os.NewSyscallError("socketpair", err)
	}
	p, err := passingOver(pair[0])
	return p, os.NewFile(uintptr(pair[1]), "files"), err
}

func passingOver(descriptor int) (*passing, error) {
	f := os.NewFile(uintptr(descriptor), "files")
	defer f.Close()
	conn, err := net.FileConn(f)
	if err != nil {
		return nil, err
	}
	return &passing{conn: conn.(*net.UnixConn)}, nil
}

func (p *passing) close() error { return p.conn.Close() }

// send passes an open file on.
func (p *passing) send(f *os.File) error {
	raw, err := f.SyscallConn()
	if err != nil {
		return err
	}
	var sent error
	err = raw.Control(func(descriptor uintptr) {
		_, _, sent = p.conn.WriteMsgUnix([]byte{0}, syscall.UnixRights(int(descriptor)), nil)
	})
	return errors.Join(err, sent)
}

// receiveFile takes the next file.
func (p *passing) receive() (*os.File, error) {
	control := make([]byte, syscall.CmsgSpace(4))
	_, n, _, _, err := p.conn.ReadMsgUnix(make([]byte, 1), control)
	if err != nil {
		return nil, err
	}
	messages, err := syscall.ParseSocketControlMessage(control[:n])
	if err != nil || len(messages) != 1 {
		return nil, errors.Join(errors.New("no file came"), err)
	}
	descriptors, err := syscall.ParseUnixRights(&messages[0])
	if err != nil || len(descriptors) != 1 {
		return nil, errors.Join(errors.New("no file came"), err)
	}
	return os.NewFile(uintptr(descriptors[0]), "document"), nil
}
