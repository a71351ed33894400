#!/usr/bin/env bash
# Installs algokader-lint, from the checkout of the action, into an environment of its own under RUNNER_TEMP.
# From the environment: LINKS, not empty when addresses on the web are to be asked for: that needs more packages.
# Output: `command`, the installed program.
set -Eeuo pipefail
trap 'exit 2' ERR

project=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source-path=SCRIPTDIR source=words.sh
. "$project/action/words.sh"

# Nothing in the folder that is to be checked may pass for a module of Python: away from there, and isolated (-I).
cd -- "$RUNNER_TEMP"

if ! python3 -I -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  fail "deze runner heeft geen Python 3.11 of nieuwer; zet er een stap met actions/setup-python voor" \
    "this runner has no Python 3.11 or later; put a step with actions/setup-python before this one"
fi

package=$project
if [[ -n ${LINKS:-} ]]; then package+="[links]"; fi

environment=$(mktemp -d "$RUNNER_TEMP/algokader-lint.XXXXXX")

pip_install() {
  "$environment/bin/python" -I -m pip install --quiet --disable-pip-version-check --no-input \
    --constraint "$project/constraints-dev.txt" "$@"
}

# What builds the package is pinned like what it needs; so it is installed first, and not by the build itself.
if ! said=$(
  { python3 -I -m venv "$environment" && pip_install hatchling && pip_install --no-build-isolation "$package"; } 2>&1
); then
  show "$said"
  fail "algokader-lint kan niet worden geïnstalleerd; hierboven staat waarom" \
    "algokader-lint cannot be installed; the reason stands above"
fi

printf 'command=%s\n' "$environment/bin/algokader-lint" >>"$GITHUB_OUTPUT"
