# Where the inputs of the actions point: the site (SITE), and files from the folder that the workflow works in.
# To be sourced, after words.sh.
# shellcheck shell=bash

workspace=$PWD

enter_site() {
  unset CDPATH
  cd -- "$SITE" 2>/dev/null || fail "de map van 'path' bestaat niet" "the folder of 'path' does not exist"
}

# A path of an input, from the folder that the workflow works in.
absolute() {
  case $1 in
    /*) printf '%s' "$1" ;;
    *) printf '%s' "$workspace/$1" ;;
  esac
}
