export AWS_PAGER='' AWS_DEFAULT_OUTPUT=table TZ=UTC0; unset NAME
RUN=${RUN:-$(date -u +%F)}
stop() { printf 'STOP: %s\n' "$*" >&2; exit 1; }
after() { cd "${WORK:?@first@}/$RUN" && [ -e "$1.done" ] && . ../place || stop "@before@ $1"; }
enter() { mkdir -p "$WORK/$RUN"; cd "$WORK"; }
tick() { touch "$WORK/$RUN/$1.done" && echo "DONE: $1"; }
need() { eval "VALUE=\${$1-}"; case "$VALUE" in '' | '?' | None | null) stop "${NAME:+$NAME: }@missing@ $1: $2" ;; esac; }
got() {
  need "$1" '@none@'
  VALUE=${VALUE#\"} VALUE=${VALUE%\"}
  case "$VALUE" in *\'*) stop "$1: $VALUE" ;; esac
  eval "$1=\$VALUE"
}
keep() { got "$1"; if [ -n "${NAME-}" ]; then printf "%s='%s'\n" "$1" "$VALUE" >> "$NAME.kept"; fi; }
kept() { [ -n "${NAME-}" ] && grep -q "^$1=" "$NAME.kept" 2> /dev/null; }
try() {
  if kept "$1"; then return 0; fi
  ASKED=$1; shift; SAID=$("$@"); eval "$ASKED=\$SAID"
  case "$SAID" in '' | None | null) ;; *) keep "$ASKED" ;; esac
}
ask() { try "$@"; got "$1"; echo "${NAME:+$NAME: }$1=$VALUE"; }
hand() {
  eval "VALUE=\$$1"; mkdir -p "$3/$RUN"; printf "%s='%s'\n" "$2" "$VALUE" > "$3/$RUN/$NAME.kept"
  find "$3/$RUN" -name '*.done' -exec rm {} +
}
known() { after place; grep -q "^NAME=$1 " ../rows || stop "$1: @unknown@"; }
again() { for MARK in *.done; do case "$MARK" in place.done | settings.done) ;; *) rm "$MARK" ;; esac; done; }
choose() (
  set -e; known "${1-}"
  case "${2-}=${3-}" in POINT_ARN=arn:* | RESTORE_TIME=2*) ;; *) stop "choose NAME POINT_ARN|RESTORE_TIME VALUE" ;; esac
  printf "%s='%s'\n" "$2" "$3" >| "$1.kept"; again; echo "$1: $2=$3"
)
only() (
  set -e; after place; for ONE in "$@"; do known "$ONE"; done
  rm -f only; for ONE in "$@"; do echo "$ONE" >> only; done; again; echo "ONLY: ${*:-*}"
)
forget() ( known "${1-}"; grep -v "^${2-}=" "$1.kept" >| new; mv new "$1.kept" )
row() {
  unset KEY_ARN; eval "$ROW"
  if [ -e only ]; then grep -qxF -e "$NAME" only || exit 0; fi
  if [ -e ../settings ]; then eval "$(grep -v '^NAME=' ../settings)"; fi
  eval "$ALL $ROW"
  if [ -e ../settings ]; then eval "$(grep -F "NAME=$NAME " ../settings)"; fi
  if [ -e "$NAME.kept" ]; then . "./$NAME.kept"; fi
  case "$RUN$DRILL" in drill*'?') echo "== $NAME: @drill@"; exit 0 ;; drill*) NEW=$DRILL ;; esac
  NAME_ARN=$NAME_ARNS$NAME NEW_ARN=$NEW_ARNS$NEW
  echo "== $NAME"
}
each() {
  { IFS= read -r ALL; while IFS= read -r ROW; do ( row; "$1" ) < /dev/null; done; } < ../rows
}
poll() {
  WANTED=$1 FAILED=$2 LOOKS=0; shift 2
  while [ "$LOOKS" -lt @looks@ ]; do
    SAID=$("$@"); need SAID '@none@'
    SAID=${SAID#\"} SAID=${SAID%\"} STATE=${SAID%%[[:space:]]*}
    echo "$(date -u +%H:%M:%S) ${NAME-} $SAID"
    if [ "$STATE" = "$WANTED" ]; then return 0; fi
    case " $FAILED " in *" $STATE "*) stop "${NAME-}: $SAID" ;; esac
    LOOKS=$((LOOKS + 1)); sleep @interval@
  done
  stop "${NAME-}: @endless@"
}
echo "RUN=$RUN"
