#!/usr/bin/env bash
# Runs `algokader-lint links` on the whole site, and leaves its report as links.md and links.json in a new folder.
#
# From the environment: COMMAND, the installed program; the inputs SITE, CONFIG, CACHE and LINT_LANG. It is given no
# token, for it speaks to servers of strangers. Output: `report`, the folder. Ends with 0, also when addresses do not
# work: the report tells of those. With 2 when the check could not be done.
set -Eeuo pipefail
trap 'exit 2' ERR

# shellcheck source-path=SCRIPTDIR source=words.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/words.sh"
# shellcheck source-path=SCRIPTDIR source=places.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/places.sh"

enter_site
report=$(mktemp -d "$RUNNER_TEMP/algokader-lint-links.XXXXXX")

# As `github` the report for the log is written so that nothing in it can be a command to the runner.
arguments=(links --format=github "--format=markdown=$report/links.md" "--format=json=$report/links.json")
if [[ -n $CONFIG ]]; then arguments+=("--config=$(absolute "$CONFIG")"); fi
if [[ -n $CACHE ]]; then arguments+=("--cache=$(absolute "$CACHE")"); fi
if [[ -n $LINT_LANG ]]; then arguments+=("--lang=$LINT_LANG"); fi

code=0
"$COMMAND" "${arguments[@]}" || code=$?
case $code in
  0) ;;
  1) notice "er zijn webadressen die niet werken; ze staan in het verslag" \
    "there are web addresses that do not work; the report names them" ;;
  *) exit "$code" ;;
esac
cat -- "$report/links.md" >>"$GITHUB_STEP_SUMMARY"
printf 'report=%s\n' "$report" >>"$GITHUB_OUTPUT"
