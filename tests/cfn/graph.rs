//! What functions give, over small templates that were read.

use drc::aws::region;
use drc::cfn::graph::{DeployedStack, Graph};
use drc::cfn::read::{Content, Node, read};

const ONE: &str = "\
Parameters:
  Stage: {Type: String, Default: prod}
  Zones: {Type: CommaDelimitedList, Default: 'a, b'}
  Wanted: {Type: String}
  Image: {Type: 'AWS::SSM::Parameter::Value<String>', Default: x}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsWanted: !Equals [!Ref Wanted, yes]
  Either: !Or [!Condition IsWanted, !Condition IsProd]
  Both: !And [!Condition IsWanted, !Condition IsProd]
  Neither: !Not [!Condition Either]
  Circle: !Not [!Condition Circle]
  D0: !Or [!Condition Neither, !Condition Neither]
Mappings:
  Map: {prod: {size: 3, list: [a, b]}}
Resources:
  Key: {Type: 'AWS::KMS::Key', Properties: {MultiRegion: true}}
  Role: {Type: 'AWS::IAM::Role', Properties: {RoleName: !Sub '${Stage}-role', Path: /drc/}}
  Vault: {Type: 'AWS::Backup::BackupVault', Properties: {BackupVaultName: v, EncryptionKeyArn: !GetAtt Key.Arn}}
  Queue: {Type: 'AWS::SQS::Queue'}
Outputs:
  Arn: {Value: !GetAtt Key.Arn, Export: {Name: !Sub '${Stage}-key'}}
";

const TWO: &str = "\
Resources: {}
Outputs:
  Again: {Value: !ImportValue prod-key, Export: {Name: again}}
  Loop: {Value: !ImportValue loop, Export: {Name: loop}}
";

/// What a value of the second or first stack gives: a text in JSON, or why it is not known.
fn given(stack: usize, value: &str) -> String {
    let texts = [ONE, TWO].map(|text| read(text).unwrap().root);
    let [one, two] = texts;
    let tokyo = region::find("ap-northeast-1").unwrap();
    let stacks =
        [("one", one), ("two", two)].map(|(name, root)| DeployedStack::read(name, tokyo, "111122223333", root));
    let graph = Graph::new(stacks.to_vec());
    let text = format!("k: {value}");
    let root = read(&text).unwrap().root;
    match graph.value(stack, root.get("k").unwrap()) {
        Some(Node { content: Content::Unknown(why), .. }) => format!("unknown: {why}"),
        Some(node) => serde_json::Value::from(&node).to_string(),
        None => "nothing".to_owned(),
    }
}

#[test]
fn functions_give_what_they_are_known_to() {
    let key = "mrk-";
    for (value, expected) in [
        ("!Ref Stage", r#""prod""#),
        ("!Ref Zones", r#"["a","b"]"#),
        ("!Ref AWS::Partition", r#""aws""#),
        ("!Ref AWS::NoValue", "nothing"),
        ("{a: !Ref AWS::NoValue, b: [!Ref AWS::NoValue, 1]}", r#"{"b":[1]}"#),
        ("!Sub '${AWS::AccountId}:${Role}:${!x}$'", r#""111122223333:prod-role:${x}$""#),
        ("!Sub ['${x}-${Stage}', {x: !Ref AWS::Region}]", r#""ap-northeast-1-prod""#),
        ("!Sub '${Role.Arn}'", r#""arn:aws:iam::111122223333:role/drc/prod-role""#),
        ("!GetAtt Vault.BackupVaultArn", r#""arn:aws:backup:ap-northeast-1:111122223333:backup-vault:v""#),
        ("!If [IsProd, a, b]", r#""a""#),
        ("!If [Either, {x: 1}, b]", r#"{"x":1}"#),
        ("!If [Neither, a, b]", r#""b""#),
        ("!If [D0, a, b]", r#""b""#),
        ("!Join ['-', [a, !Ref Stage, 3]]", r#""a-prod-3""#),
        ("!Join ['/', !Ref Zones]", r#""a/b""#),
        ("!Select [1, !Split [',', 'a,b']]", r#""b""#),
        ("!FindInMap [Map, !Ref Stage, size]", r#""3""#),
        ("!FindInMap [Map, prod, list]", r#"["a","b"]"#),
    ] {
        assert_eq!(given(0, value), expected, "{value}");
    }
    let arn = given(0, "!GetAtt Key.Arn");
    assert!(arn.starts_with(&format!("\"arn:aws:kms:ap-northeast-1:111122223333:key/{key}")), "{arn}");
    for value in ["!ImportValue prod-key", "!ImportValue again", "!ImportValue {Fn::Sub: 'aga${x}', x: in}"] {
        let is_known = !value.contains("x: in");
        assert_eq!(given(1, value) == arn, is_known, "{value}");
    }
    assert_eq!(given(1, "{Fn::GetStackOutput: {StackName: one, OutputName: Arn, Region: ap-northeast-1}}"), arn);
}

#[test]
fn what_is_not_known_is_never_guessed() {
    for (value, why) in [
        ("!Ref Wanted", "not given"),
        ("!Ref Image", "looked up"),
        ("!Ref Nobody", "no resource"),
        ("!Ref Queue", "not known"),
        ("!GetAtt Queue.Arn", "not known"),
        ("!Sub 'a ${Wanted}'", "not given"),
        ("!Join ['', [a, !Ref Wanted]]", "not given"),
        ("!If [IsWanted, a, b]", "not given"),
        ("!If [Both, a, b]", "not given"),
        ("!If [Circle, a, b]", "circle"),
        ("!ImportValue nobody", "nothing is exported"),
        ("!ImportValue loop", "circle"),
        ("!Transform {Name: x}", "Fn::Transform"),
        ("!GetAZs ''", "Fn::GetAZs"),
        ("!Select [7, [a]]", "none of the list"),
        ("!Ref AWS::StackId", "no resource"),
        ("!FindInMap [Map, x, size]", "no mapping"),
    ] {
        let given = given(0, value);
        assert!(given.starts_with("unknown: ") && given.contains(why), "{value}: {given}");
    }
}

/// What doubles at every step ends where it is more than it is worth.
#[test]
fn bombs_end() {
    let level = |level: usize| format!("  D{level}: !And [!Condition D{0}, !Condition D{0}]\n", level - 1);
    let doubled = (1..60).map(level).collect::<Vec<_>>().concat();
    let text = format!("Conditions:\n  D0: !Equals [a, a]\n{doubled}Resources: {{}}\n");
    let tokyo = region::find("ap-northeast-1").unwrap();
    let graph = Graph::new(vec![DeployedStack::read("one", tokyo, "111122223333", read(&text).unwrap().root)]);
    assert_eq!(graph.condition(0, "D8"), Ok(true));
    assert!(graph.condition(0, "D59").is_err());
}

#[test]
fn a_value_leads_to_the_resource_that_it_is_of() {
    let [one, two] = [ONE, TWO].map(|text| read(text).unwrap().root);
    let tokyo = region::find("ap-northeast-1").unwrap();
    let stacks = vec![DeployedStack::read("one", tokyo, "1", one), DeployedStack::read("two", tokyo, "1", two)];
    let graph = Graph::new(stacks);
    let of = |text: &str| graph.resource_of(1, read(&format!("k: {text}")).unwrap().root.get("k").unwrap());
    assert_eq!(of("!ImportValue again"), Some((0, 0)));
    assert_eq!(of("!ImportValue loop"), None);
    assert_eq!(of("x"), None);
}
