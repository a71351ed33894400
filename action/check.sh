#!/usr/bin/env bash
# Runs `algokader-lint check`: for a pull request, a merge queue and a push what is new, for all else everything.
#
# From the environment: COMMAND, the installed program; the inputs SITE, CONFIG, SINCE, FAIL_ON, REPORT, LINKS and
# LINT_LANG; of the event PULL_HEAD, PULL_BASE, GROUP_BASE and BEFORE, each the name of a commit; TOKEN, which may read
# the repository. Output: `report`. Ends as `check` does: 0, 1 or 2.
set -Eeuo pipefail
trap 'exit 2' ERR

# shellcheck source-path=SCRIPTDIR source=words.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/words.sh"
# shellcheck source-path=SCRIPTDIR source=places.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/places.sh"

# How many commits of history are fetched, step by step, until it is seen where the change parted from its base. Counted
# from the tips: git deepens from what is here (--deepen) only as far as branches reach, not what a force push took off.
readonly DEPTHS=(50 100 200 400 800 1600 3200)

base="" # the commit to compare with
label="" # what it is called in the report

is_commit_name() {
  [[ $1 =~ ^([0-9a-f]{40}|[0-9a-f]{64})$ && ! $1 =~ ^0+$ ]]
}

is_here() {
  git cat-file -e "$1^{commit}" 2>/dev/null
}

is_shallow() {
  [[ $(git rev-parse --is-shallow-repository) == true ]]
}

# The parents of HEAD as the commit itself names them, one a line: in a shallow clone they need not be here.
parents() {
  local header line
  header=$(git cat-file commit HEAD)
  while IFS= read -r line && [[ -n $line ]]; do
    if [[ $line == "parent "* ]]; then printf '%s\n' "${line#parent }"; fi
  done <<<"$header"
}

# fetch ARGUMENT...: from origin, by the token of the job, which is not left behind; never submodules, never a question.
fetch() (
  if [[ -n ${TOKEN:-} ]]; then
    number=${GIT_CONFIG_COUNT:-0}
    key="http.$GITHUB_SERVER_URL/.extraheader"
    secret=$(printf 'x-access-token:%s' "$TOKEN" | base64 | tr -d '\n')
    # The empty value takes away a header that actions/checkout may have left: two of them are refused.
    export "GIT_CONFIG_KEY_$number=$key" "GIT_CONFIG_VALUE_$number="
    export "GIT_CONFIG_KEY_$((number + 1))=$key" "GIT_CONFIG_VALUE_$((number + 1))=AUTHORIZATION: basic $secret"
    export GIT_CONFIG_COUNT=$((number + 2))
  fi
  export GIT_TERMINAL_PROMPT=0 LC_ALL=C
  exec git -c gc.auto=0 -c maintenance.auto=false -c http.lowSpeedLimit=1000 -c http.lowSpeedTime=60 \
    fetch --quiet --no-tags --no-recurse-submodules "$@"
)

# bring ARGUMENT...: as fetch; when it fails, what git says of it is shown.
bring() {
  local said
  if said=$(fetch "$@" 2>&1); then return 0; fi
  show "$said"
  return 1
}

# bring_tip WHAT: a commit or the tip of a branch or tag, with no more history than this clone has of HEAD.
bring_tip() {
  if is_shallow; then bring --depth=1 origin "$1"; else bring origin "$1"; fi
}

# bring_base: the commit that `base` names. False when origin does not have it.
bring_base() {
  is_commit_name "$base" || return 1
  is_here "$base" || bring_tip "$base"
}

# bring_history: as much as is needed to see where HEAD parted from `base`. False when that is not found.
bring_history() {
  local depth head
  if [[ $'\n'$(parents)$'\n' == *$'\n'"$base"$'\n'* ]]; then return 0; fi
  head=$(git rev-parse HEAD) || return 1
  for depth in "${DEPTHS[@]}"; do
    if git merge-base HEAD "$base" >/dev/null 2>&1; then return 0; fi
    is_shallow || return 1
    bring --depth="$depth" origin "$head" "$base" || return 1
  done
  git merge-base HEAD "$base" >/dev/null 2>&1
}

# require_base: what is compared with must be known, else nothing can be called new.
require_base() {
  bring_base ||
    fail "de versie om mee te vergelijken is niet op te halen" "the version to compare with cannot be fetched"
  bring_history ||
    fail "er is geen gezamenlijk verleden met de versie om mee te vergelijken; haal meer op met fetch-depth: 0" \
      "no history was found that is shared with the version to compare with; fetch more, with fetch-depth: 0"
}

# In a pull request HEAD is the merge of base and head: so its first parent is the base. Unless the workflow checks out
# something else, such as the head.
find_base_of_pull_request() {
  local first="" second="" more=""
  { read -r first && read -r second && read -r more; } < <(parents) || true
  if [[ -n $second && -z $more && $second == "$PULL_HEAD" ]]; then base=$first; else base=$PULL_BASE; fi
}

# require_change: a pull request that is not checked out would pass unseen.
require_change() {
  if [[ $(git rev-parse HEAD) != "$base" ]]; then return 0; fi
  fail "de wijziging is hier niet; laat 'ref' weg bij actions/checkout" \
    "the change is not here; leave 'ref' out for actions/checkout"
}

# The commit that the input `since` names, here or at origin.
find_base_of_input() {
  local name=${SINCE#origin/}
  if base=$(git rev-parse --verify --quiet --end-of-options "$SINCE^{commit}"); then
    label=$SINCE
    return 0
  fi
  if git check-ref-format --allow-onelevel "$name" && [[ $name != -* ]] && bring_tip "$name"; then
    base=$(git rev-parse FETCH_HEAD)
    return 0
  fi
  fail "de revisie van 'since' bestaat hier niet en is niet op te halen" \
    "the revision of 'since' does not exist here and cannot be fetched"
}

require_git() {
  local said
  if said=$(git rev-parse --verify HEAD 2>&1); then return 0; fi
  show "$said"
  fail "hier is geen git-repository met een commit; zet actions/checkout voor deze stap" \
    "there is no git repository with a commit here; put actions/checkout before this step"
}

# Sets `base` to the commit to compare with; empty: there is none, and everything is checked.
find_base() {
  local reason=$GITHUB_EVENT_NAME
  if [[ -n $SINCE ]]; then reason=input; fi
  if [[ $SINCE == none ]]; then reason=none; fi
  case $reason in
    input | pull_request | merge_group | push) require_git ;;
  esac
  case $reason in
    input) find_base_of_input && require_base ;;
    pull_request) find_base_of_pull_request && require_base && require_change ;;
    merge_group) base=$GROUP_BASE && require_base ;;
    push)
      base=$BEFORE
      if ! bring_base || ! bring_history; then
        base=""
        notice "er is geen vorige versie om mee te vergelijken, dus alles wordt gecontroleerd" \
          "there is no earlier version to compare with, so everything is checked"
      fi
      ;;
  esac
}

enter_site
if [[ $REPORT == *[$'\r\n']* ]]; then
  fail "in de bestandsnaam van 'report' staat een regeleinde" "there is a line break in the file name of 'report'"
fi
case $LINKS in
  "" | added) ;;
  *) fail "bij 'links' kan alleen 'added' staan, of niets" "'links' can only be 'added', or empty" ;;
esac

find_base
unset TOKEN

arguments=(check)
if [[ -n $base ]]; then
  arguments+=("--since=${label:-$(git rev-parse --short=12 "$base")}")
  # Whoever proposes a change has no say in how it is checked.
  case $GITHUB_EVENT_NAME in
    pull_request | merge_group) arguments+=(--base-settings) ;;
  esac
fi
if [[ -n $LINKS && -n $base ]]; then
  arguments+=(--online)
elif [[ -n $LINKS ]]; then
  notice "er is niets om mee te vergelijken, dus er worden geen webadressen opgevraagd" \
    "there is nothing to compare with, so no web addresses are asked for"
fi
if [[ -n $CONFIG ]]; then arguments+=("--config=$(absolute "$CONFIG")"); fi
if [[ -n $FAIL_ON ]]; then arguments+=("--fail-on=$FAIL_ON"); fi
if [[ -n $LINT_LANG ]]; then arguments+=("--lang=$LINT_LANG"); fi
if [[ -n $REPORT ]]; then
  report=$(absolute "$REPORT")
  rm -f -- "$report" # one of an earlier run is not to pass for that of this one
  arguments+=("--format=json=$report")
fi

code=0
"$COMMAND" "${arguments[@]}" || code=$?
if [[ -n $REPORT && -f $report ]]; then printf 'report=%s\n' "$report" >>"$GITHUB_OUTPUT"; fi
exit "$code"
