# What the steps of both actions say, in the language of the input `lang` (LINT_LANG). To be sourced.
# shellcheck shell=bash

words() {
  if [[ ${LINT_LANG:-} == en ]]; then printf '%s' "$2"; else printf '%s' "$1"; fi
}

# notice DUTCH ENGLISH: one line, and on. Fixed words alone: nothing that others wrote may stand in it.
notice() {
  printf '::notice title=algokader-lint::%s\n' "$(words "$@")"
}

# fail DUTCH ENGLISH: one line, and the end: wrong usage, configuration or program.
fail() {
  printf '::error title=algokader-lint::%s\n' "$(words "$@")"
  exit 2
}

# show TEXT: what another program said, as text that can be no command to the runner, nor to a terminal.
show() {
  printf '%s\n' "$1" | LC_ALL=C tr -cd '\n\40-\176' | LC_ALL=C sed -e 's/##\[/# #[/g' -e 's/^/| /'
}
