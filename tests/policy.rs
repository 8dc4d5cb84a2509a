//! The policy model reads what AWS accepts and writes one shape.

#![expect(clippy::unwrap_used, reason = "a case that cannot be read fails")]

use drc::policy::Document;
use serde_json::Value;

#[track_caller]
fn case(input: &str, expected: &str) {
    let document: Document<String> = serde_json::from_str(input).unwrap();
    let written = serde_json::to_string(&document).unwrap();
    assert_eq!(written, expected);
    assert_eq!(serde_json::from_str::<Document<String>>(&written).unwrap(), document);
}

#[track_caller]
fn refused(input: &str, reason: &str) {
    let error = serde_json::from_str::<Document<String>>(input).unwrap_err();
    assert!(error.to_string().contains(reason), "{error}");
}

#[test]
fn one_statement_and_scalars_become_lists() {
    case(
        r#"{"Statement":{"Effect":"Allow","Resource":"*","Action":"s3:*"}}"#,
        r#"{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Action":["s3:*"],"Resource":["*"]}]}"#,
    );
}

#[test]
fn booleans_and_numbers_are_their_text() {
    case(
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","NotAction":["a:B"],"NotResource":["r"],
            "Condition":{"Bool":{"k":true},"NumericLessThan":{"n":[10,"2.5",-1]}}}]}"#,
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","NotAction":["a:B"],"NotResource":["r"],"Condition":{"Bool":{"k":"true"},"NumericLessThan":{"n":["10","2.5","-1"]}}}]}"#,
    );
}

#[test]
fn one_principal_is_a_scalar_and_several_are_a_list() {
    case(
        r#"{"Version":"2012-10-17","Id":"x","Statement":[
            {"Sid":"A","Effect":"Allow","Principal":{"Service":["backup.amazonaws.com"]},"Action":"sts:AssumeRole"},
            {"Effect":"Allow","NotPrincipal":{"AWS":["1","2"]},"Action":"a:B"},
            {"Effect":"Allow","Principal":"*","Action":"a:B"}]}"#,
        r#"{"Version":"2012-10-17","Id":"x","Statement":[{"Sid":"A","Effect":"Allow","Principal":{"Service":"backup.amazonaws.com"},"Action":["sts:AssumeRole"]},{"Effect":"Allow","NotPrincipal":{"AWS":["1","2"]},"Action":["a:B"]},{"Effect":"Allow","Principal":"*","Action":["a:B"]}]}"#,
    );
}

#[test]
fn conditions_are_grouped_by_operator_in_order_of_appearance() {
    let mut document: Document<String> = serde_json::from_str(
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{
            "StringLike":{"b":"1","a":"2"},"ForAllValues:StringEqualsIfExists":{"c":"3"}}}}"#,
    )
    .unwrap();
    document.statements[0].conditions.swap(1, 2);
    let written = serde_json::to_string(&document.statements[0]).unwrap();
    let expected = r#"{"Effect":"Allow","Action":["*"],"Resource":["*"],"Condition":{"StringLike":{"b":"1","a":"2"},"ForAllValues:StringEqualsIfExists":{"c":"3"}}}"#;
    assert_eq!(written, expected);
    document.statements[0].conditions[1].operator = document.statements[0].conditions[0].operator;
    document.statements[0].conditions[1].key = "B".to_owned();
    let error = serde_json::to_string(&document).unwrap_err();
    assert_eq!(error.to_string(), "a statement compares `B` twice with `StringLike`");
}

#[test]
fn a_text_may_be_an_intrinsic_function() {
    let input = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":{"Fn::Sub":"arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}},"Action":["kms:*"],"Resource":{"Ref":"Key"},"Condition":{"StringEquals":{"kms:CallerAccount":{"Ref":"AWS::AccountId"}}}}]}"#;
    let document: Document<Value> = serde_json::from_str(input).unwrap();
    let expected = input.replace(r#"{"Ref":"Key"}"#, r#"[{"Ref":"Key"}]"#);
    assert_eq!(serde_json::to_string(&document).unwrap(), expected);
}

#[test]
fn yaml_reads_like_json() {
    let input = "Version: '2012-10-17'\nStatement:\n  Effect: Allow\n  Action: kms:CreateGrant\n  Resource: '*'\n  Condition:\n    Bool: {kms:GrantIsForAWSResource: true}\n    NumericLessThan: {n: 10}\n";
    let document: Document<String> = serde_yaml::from_str(input).unwrap();
    let written = serde_yaml::to_string(&document).unwrap();
    assert_eq!(serde_yaml::from_str::<Document<String>>(&written).unwrap(), document);
    assert_eq!(document.statements[0].conditions[0].values, ["true"]);
    assert_eq!(document.statements[0].conditions[1].values, ["10"]);
}

#[test]
fn size_is_that_of_the_document_without_white_space() {
    let text = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:*"],"Resource":["é"]}]}"#;
    let document: Document<String> = serde_json::from_str(text).unwrap();
    assert_eq!(document.character_count().unwrap(), text.chars().count());
}

#[test]
fn what_iam_refuses_is_refused() {
    refused(r#"{"Statement":{"Effect":"Allow","Resource":"*"}}"#, "neither `Action` nor `NotAction`");
    refused(r#"{"Statement":{"Effect":"Allow","Action":"*","NotAction":"*"}}"#, "both `Action` and `NotAction`");
    refused(r#"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","NotResource":"*"}}"#, "both `Resource`");
    refused(r#"{"Statement":{"Effect":"allow","Action":"*"}}"#, "neither `Allow` nor `Deny`");
    refused(r#"{"Version":"2013-01-01","Statement":[]}"#, "not a version");
    refused(r#"{"Statement":{"Effect":"Allow","Action":"*","Resources":"*"}}"#, "unknown field `Resources`");
    refused(r#"{"Statement":{"Effect":"Allow","Action":"*","Principal":"me"}}"#, "has no kind");
}

#[test]
fn an_unknown_operator_is_refused() {
    for operator in ["stringEquals", "NullIfExists", "ForSome:StringEquals", "IfExists", "ForAllValues:"] {
        let text =
            format!(r#"{{"Statement":{{"Effect":"Allow","Action":"*","Condition":{{"{operator}":{{"k":"v"}}}}}}}}"#);
        refused(&text, "is not a condition operator");
    }
}
