//! A document in another text: intrinsic functions resolved, or texts measured.

use super::{Condition, Document, NamedPrincipals, PrincipalSet, Statement};

impl<T> Document<T> {
    /// The same document with each of its texts replaced.
    ///
    /// # Errors
    ///
    /// The first error of `text`.
    pub fn try_map<U, E>(&self, mut text: impl FnMut(&T) -> Result<U, E>) -> Result<Document<U>, E> {
        let statements = self.statements.iter().map(|statement| statement.try_map(&mut text));
        Ok(Document { version: self.version, id: self.id.clone(), statements: statements.collect::<Result<_, _>>()? })
    }
}

impl<T> Statement<T> {
    /// The same statement with each of its texts replaced.
    ///
    /// # Errors
    ///
    /// The first error of `text`.
    pub fn try_map<U, E>(&self, text: &mut impl FnMut(&T) -> Result<U, E>) -> Result<Statement<U>, E> {
        Ok(Statement {
            sid: self.sid.clone(),
            effect: self.effect,
            principal: self.principal.as_ref().map(|of| Ok(of.with(of.list().try_map(text)?))).transpose()?,
            actions: self.actions.clone(),
            resources: self.resources.as_ref().map(|of| Ok(of.with(all(of.list(), text)?))).transpose()?,
            conditions: self
                .conditions
                .iter()
                .map(|condition| {
                    let values = all(&condition.values, text)?;
                    Ok(Condition { operator: condition.operator, key: condition.key.clone(), values })
                })
                .collect::<Result<_, E>>()?,
        })
    }
}

impl<T> PrincipalSet<T> {
    fn try_map<U, E>(&self, text: &mut impl FnMut(&T) -> Result<U, E>) -> Result<PrincipalSet<U>, E> {
        Ok(match self {
            Self::Everyone => PrincipalSet::Everyone,
            Self::Named(named) => PrincipalSet::Named(NamedPrincipals {
                aws: all(&named.aws, text)?,
                service: all(&named.service, text)?,
                federated: all(&named.federated, text)?,
                canonical_user: all(&named.canonical_user, text)?,
            }),
        })
    }
}

fn all<T, U, E>(list: &[T], text: &mut impl FnMut(&T) -> Result<U, E>) -> Result<Vec<U>, E> {
    // A collected result would not know how long the list is.
    let mut mapped = Vec::with_capacity(list.len());
    for item in list {
        mapped.push(text(item)?);
    }
    Ok(mapped)
}
