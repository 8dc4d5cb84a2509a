#!/bin/sh
# Deploys every stack of this directory, in order. Safe to run again: a stack that is as its
# template says is left alone. Stops at the first failure.
#
#   sh deploy.sh
#
# Credentials come from the environment, as for any AWS CLI command.
# DRC_TEMPLATE_BUCKET names an S3 bucket for templates over 51,200 bytes, which CloudFormation does
# not take inline. The bucket must be in the region of the stack; a name of the form
# `my-templates-{region}` is filled in with the region.
set -eu

# CDPATH would send a relative path elsewhere.
CDPATH='' cd -- "$(dirname -- "$0")"

fail() {
    printf 'deploy.sh: %s\n' "$*" >&2
    exit 1
}

# Compares every file with the checksum that the build wrote, before AWS is touched.
verify() {
    [ -f manifest.json ] || fail "manifest.json is missing; build again with drc"
    sums=$(sed -n 's/^    "\([^"]*\)": "\([0-9a-f]\{64\}\)",\{0,1\}$/\2  \1/p' manifest.json)
    count=$(printf '%s\n' "$sums" | grep -c . || true)
    [ "$count" -eq "$FILES" ] || fail "manifest.json lists $count files, this script belongs to a build of $FILES; build again with drc"
    if command -v sha256sum >/dev/null 2>&1; then
        checked=$(printf '%s\n' "$sums" | sha256sum -c - 2>&1) || checked_failed "$checked"
    elif command -v shasum >/dev/null 2>&1; then
        checked=$(printf '%s\n' "$sums" | shasum -a 256 -c - 2>&1) || checked_failed "$checked"
    else
        fail "neither sha256sum nor shasum is there to check the files with"
    fi
}

checked_failed() {
    printf '%s\n' "$1" | grep -v ': OK$' >&2 || true
    fail "these files are not those of one build; build again with drc"
}

# check_account REGION ID: the credentials must be those of the account that the spec names.
check_account() {
    account=$(aws sts get-caller-identity --region "$1" --query Account --output text) || fail "not logged in to AWS"
    [ "$account" = "$2" ] || fail "logged in to account $account, but the spec names account $2"
}

# output_of REGION STACK OUTPUT: the value of a stack's output.
output_of() {
    value=$(aws cloudformation describe-stacks --region "$1" --stack-name "$2" \
        --query "Stacks[0].Outputs[?OutputKey=='$3'].OutputValue" --output text) \
        || fail "stack $2 in $1: its outputs cannot be read"
    case $value in
        '' | None) fail "stack $2 in $1: it has no output $3" ;;
    esac
    printf '%s\n' "$value"
}

# in_the_way REGION TEMPLATE: what may stand in the way of what a stack makes, and what to do.
in_the_way() {
    printf 'deploy.sh: keys, aliases, vaults and roles are kept when their stack is deleted; if one exists already, import it: docs/retained-resources.md of drc\n' >&2
    if grep -q 'AWS::KMS::ReplicaKey' "$2"; then
        printf 'deploy.sh: a replica key that a failed creation made is pending deletion and stands in the way of the next: aws kms cancel-key-deletion --region %s --key-id (id of its primary key), then import it\n' "$1" >&2
    fi
}

# deploy REGION STACK TEMPLATE BYTES [OPTION...]: creates or updates one stack.
deploy() {
    region=$1 stack=$2 template=$3 bytes=$4
    shift 4
    printf '== %s in %s\n' "$stack" "$region"
    if [ "$bytes" -gt 51200 ]; then
        [ -n "${DRC_TEMPLATE_BUCKET:-}" ] \
            || fail "stack $stack in $region: its template has $bytes bytes, over 51200; set DRC_TEMPLATE_BUCKET to an S3 bucket"
        bucket=$(printf '%s\n' "$DRC_TEMPLATE_BUCKET" | sed "s/{region}/$region/")
        set -- --s3-bucket "$bucket" "$@"
    fi
    status=$(aws cloudformation describe-stacks --region "$region" --stack-name "$stack" \
        --query 'Stacks[0].StackStatus' --output text 2>/dev/null || true)
    [ "$status" != ROLLBACK_COMPLETE ] || {
        in_the_way "$region" "$template"
        fail "stack $stack in $region failed when it was first made; see why with 'aws cloudformation describe-stack-events --region $region --stack-name $stack', then 'aws cloudformation delete-stack --region $region --stack-name $stack' and run this again"
    }
    aws cloudformation deploy --region "$region" --stack-name "$stack" --template-file "$template" \
        --no-fail-on-empty-changeset "$@" \
        || {
            in_the_way "$region" "$template"
            fail "stack $stack in $region was not deployed; the stacks after it were left alone"
        }
}

FILES=9

verify
command -v aws >/dev/null 2>&1 || fail "the AWS CLI is not there: install it, so that 'aws' can be run"

deploy ap-northeast-1 former-destinations-primary-kms ap-northeast-1/former-destinations-primary-kms.yml 2670

value_0=$(output_of ap-northeast-1 former-destinations-primary-kms KeyArnFormerDestinationsPrimaryKms)
deploy ap-northeast-3 former-destinations-replica-kms ap-northeast-3/former-destinations-replica-kms.yml 2992 --parameter-overrides "PrimaryKeyArnOfFormerDestinationsReplicaKmsOfApNortheast1=$value_0"

value_0=$(output_of ap-northeast-1 former-destinations-primary-kms KeyArnFormerDestinationsPrimaryKms)
deploy ap-southeast-1 former-destinations-replica-kms ap-southeast-1/former-destinations-replica-kms.yml 3118 --parameter-overrides "PrimaryKeyArnOfFormerDestinationsReplicaKmsOfApNortheast1=$value_0"

value_0=$(output_of ap-northeast-1 former-destinations-primary-kms KeyArnFormerDestinationsPrimaryKms)
deploy us-west-2 former-destinations-replica-kms us-west-2/former-destinations-replica-kms.yml 3035 --parameter-overrides "PrimaryKeyArnOfFormerDestinationsReplicaKmsOfApNortheast1=$value_0"

deploy ap-northeast-3 former-destinations-destination-backup ap-northeast-3/former-destinations-destination-backup.yml 1227

deploy ap-southeast-1 former-destinations-destination-backup ap-southeast-1/former-destinations-destination-backup.yml 2088

deploy us-west-2 former-destinations-destination-backup us-west-2/former-destinations-destination-backup.yml 1246

deploy ap-northeast-1 former-destinations-source-backup ap-northeast-1/former-destinations-source-backup.yml 25697 --capabilities CAPABILITY_NAMED_IAM

printf 'all stacks are deployed\n'
