# The entry points; each installs first what it needs (tools/packages.txt). `make` alone lists them.
#
#   make up       build, start a node under ./var with our sample mail, say what to try
#   make build    the program at build/weir
#   make test     every test; last line `N passed, N failed`
#   make check    what CI asks besides: warnings, sanitizers, lint, layers, fuzzers
#   make fmt      format the sources
#   make bench    the micro-benchmarks, then whole corpora where there are any
#   make bench-read   what reading a message costs, beside GMime and Rspamd
#   make install  program, man pages and completions below $(DESTDIR)$(PREFIX)
#   make clean    remove what was built; ./var stays

PREFIX ?= /usr/local
DESTDIR ?=

.PHONY: help build up test check fmt bench bench-read install clean
.DEFAULT_GOAL := help

help:
	@sed -n '/^#   make/s/^#   //p' Makefile

build:
	@tools/setup build
	@tools/build release weir

up: build
	@tools/up

test:
	@tools/setup test
	@tools/build release all
	@tools/run_tests

check:
	@tools/setup check
	@tools/check

fmt:
	@tools/setup check
	@git ls-files -co --exclude-standard 'src/*.h' 'src/*.cpp' 'cmake/*.h' 'cmake/*.cpp' | xargs clang-format-19 -i

bench:
	@tools/setup check
	@tools/build bench all
	@tools/run_benches
	@tools/build release weir
	@bench/run

bench-read:
	@tools/setup bench
	@tools/build bench weir_read_bench
	@bench/read

install: build
	@tools/install '$(DESTDIR)' '$(PREFIX)'

clean:
	rm -rf build build-*
