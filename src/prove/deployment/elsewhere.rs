//! Values that come from elsewhere: from the output of a stack that may be in another region, unless
//! a parameter gives them. Nothing is passed where drc deploys.

use serde_json_borrow::Value;

use super::{Deployment, Unresolved, function};

impl Deployment<'_> {
    /// The output that `Fn::GetStackOutput` reads, and its stack.
    pub(super) fn stack_output(&self, from: &Value<'_>) -> Result<(usize, &Value<'_>), Unresolved> {
        let [region, name, output] =
            ["Region", "StackName", "OutputName"].map(|key| from.get(key).as_str().unwrap_or_default());
        let missing = || Unresolved(format!("the stack {name} in {region} has no output {output}"));
        let stack = *self.by_name.get(&(region, name)).ok_or_else(missing)?;
        let outputs = self.stacks.get(stack).map_or(&[][..], |stack| &stack.template.outputs);
        let at = outputs.iter().position(|known| known.name.to_string() == output).ok_or_else(missing)?;
        Ok((stack, self.emitted.get(stack).ok_or_else(missing)?.output(at)?.get("Value")))
    }

    /// A condition of a stack.
    pub(super) fn condition(&self, stack: usize, name: &str) -> Result<&Value<'_>, Unresolved> {
        let missing = || Unresolved(format!("there is no condition {name}"));
        let parameters = self.stacks.get(stack).map_or(&[][..], |stack| &stack.template.parameters);
        let at = parameters.iter().position(|known| known.is_given().to_string() == name).ok_or_else(missing)?;
        self.emitted.get(stack).ok_or_else(missing)?.condition(at)
    }

    /// Whether a condition holds where nothing is passed.
    pub(super) fn holds(&self, stack: usize, condition: &Value<'_>) -> Result<bool, Unresolved> {
        match function(condition) {
            Some(("Fn::Not", inner)) => Ok(!self.holds(stack, inner.get(0))?),
            Some(("Fn::Equals", sides)) => Ok(self.resolve(stack, sides.get(0))? == self.resolve(stack, sides.get(1))?),
            _ => Err(Unresolved(format!("`{condition}` is no condition that drc writes"))),
        }
    }
}
