package history

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the driver; in pure Go, so that every platform is built from one
)

// file is an open file with what is known of it.
type file struct {
	db    *sql.DB     // synchronous=NORMAL: a power cut may cost the last minute, never the file
	safe  *sql.DB     // synchronous=FULL: on disk when the call returns
	read  *sql.DB     // for questions, which need not wait for writers
	known *dictionary // only touched within a transaction of db, of which there is one at a time
	asked *dictionary // the same for read
	info  fs.FileInfo // which file it is, whatever it is called by now; nil in memory
}

// memoryName begins the names of files in memory, which all connections of one
// program share.
const memoryName = "/amltop-memory-"

func openFile(ctx context.Context, path string) (*file, error) {
	f := &file{known: newDictionary(), asked: newDictionary()}
	name := path
	var err error
	if path == InMemory {
		name = memoryName + rand.Text()
	} else if f.info, err = prepare(path); err != nil {
		return nil, fmt.Errorf("no history: %w", err)
	}
	if f.db, err = connect(name, "synchronous(NORMAL)"); err == nil {
		f.safe, err = connect(name, "synchronous(FULL)")
	}
	if err == nil {
		f.read, err = connect(name, queryOnly)
	}
	if err == nil {
		err = migrate(ctx, f.db)
	}
	if err != nil {
		return nil, errors.Join(noHistory(path, err), f.close())
	}
	return f, nil
}

func noHistory(path string, err error) error { return fmt.Errorf("no history: %s: %w", path, err) }

func (f *file) close() error {
	var errs []error
	for _, db := range []*sql.DB{f.read, f.safe, f.db} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

// prepare makes the folder and the file, readable by nobody else.
func prepare(path string) (fs.FileInfo, error) {
	if path == "" {
		return nil, errors.New("no state folder is known; set one with [state] dir")
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make the state folder: %w", err)
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("the state folder cannot be written: %w", err)
	}
	info, err := file.Stat()
	if err == nil && info.Mode().Perm()&0o077 != 0 {
		_ = file.Chmod(0o600) // where it cannot be narrowed, the folder still guards it
	}
	return info, errors.Join(err, file.Close())
}

const queryOnly = "query_only(1)"

// connect opens a pool of one connection: SQLite has one writer at a time, and
// waiting for it here is cheaper than in its busy handler.
func connect(path, pragma string) (*sql.DB, error) {
	lock := "immediate"
	if pragma == queryOnly {
		lock = "deferred"
	}
	q := url.Values{"_txlock": {lock}, "_pragma": {
		"busy_timeout(10000)", "auto_vacuum(INCREMENTAL)", "journal_mode(WAL)",
		"temp_store(MEMORY)", "cache_size(-8000)", pragma,
	}}
	if strings.HasPrefix(path, memoryName) {
		q.Set("vfs", "memdb")
	}
	name := url.URL{Path: filepath.ToSlash(path)}
	db, err := sql.Open("sqlite", "file:"+name.EscapedPath()+"?"+q.Encode())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return db, nil
}
