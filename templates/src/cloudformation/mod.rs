//! CloudFormation: templates as stacks, their functions computed, their resources read.

mod conditions;
mod evaluation;
mod functions;
mod identity;
mod loops;
mod networks;
mod parameters;
mod resources;
mod substitution;
mod transforms;

use std::collections::BTreeMap;

use pocket_kms::order;

use crate::{
    options::Options,
    problem::Problem,
    scene::{At, Scene},
    text::Node,
};
use evaluation::{Evaluation, Scope};

/// A template that is deployed somewhere.
pub(crate) struct Stack<'a> {
    pub(crate) file: &'a str,
    pub(crate) node: Node,
    pub(crate) name: String,
    pub(crate) at: At,
}

/// Refuses values of parameters where there is no template that could have some.
pub(crate) fn takes_no_parameters(options: &Options) -> Result<(), Problem> {
    parameters::are_known(&[], options)
}

/// Reads templates that are deployed in one place.
pub(crate) fn read(templates: Vec<(&str, Node)>, options: &Options, scene: &mut Scene) -> Result<(), Problem> {
    let at = options.at().map_err(|sentence| Problem::of("options", sentence))?;
    let stacks = templates.into_iter().map(|(file, node)| Stack {
        file,
        node,
        name: options.stack_name.clone(),
        at: at.clone(),
    });
    read_stacks(stacks.collect(), options, scene)
}

/// Reads stacks, which may import what others of them export.
pub(crate) fn read_stacks(mut stacks: Vec<Stack<'_>>, options: &Options, scene: &mut Scene) -> Result<(), Problem> {
    parameters::are_known(&stacks, options)?;
    for stack in &stacks {
        transforms::leave_out(stack, scene);
    }
    unroll(&mut stacks, options)?;
    let mut evaluation = Evaluation::new(&stacks, options);
    evaluation.number_keys(scene)?;
    evaluation.collect_exports()?;
    for place in 0..stacks.len() {
        resources::read(&Scope::new(&evaluation, place), scene)?;
    }
    scene.assumed.extend(evaluation.assumed.into_inner());
    Ok(())
}

/// Writes out the loops of templates. What their collections refer to, parameters and mappings, has none.
fn unroll(stacks: &mut [Stack<'_>], options: &Options) -> Result<(), Problem> {
    let mut unrolled = Vec::new();
    {
        let evaluation = Evaluation::new(stacks, options);
        for (place, _) in stacks.iter().enumerate().filter(|(_, stack)| loops::has_loops(&stack.node)) {
            unrolled.push((place, Scope::new(&evaluation, place).unrolled()?));
        }
    }
    for (place, node) in unrolled {
        stacks[place].node = node;
    }
    Ok(())
}

/// Resources, conditions or mappings of a template by their names.
type Section<'a> = BTreeMap<&'a str, &'a Node>;

impl Stack<'_> {
    /// The members of a section.
    fn section(&self, name: &str) -> Section<'_> {
        let members = self.node.member(name).map(Node::members).unwrap_or_default();
        order::map(members.iter().map(|member| (member.name.as_str(), &member.node)))
    }
}
