//! What a story's scenes make of a document.

use crate::document::scenario::Scenario;
use crate::notes_link::{changed_by, faults_of};

/// The document at the beginning of the scene at `index` of `story`: the story's own, with what this scene and those
/// before it change. Changes that do not fit it are left out.
pub fn scene_document(story: &Scenario, index: usize) -> Scenario {
    let changes = story.scenes.iter().take(index + 1).flat_map(|scene| &scene.set);
    changes.fold(story.clone(), |document, line| match changed_by(&document, std::slice::from_ref(line)) {
        Ok((changed, _)) => changed,
        Err(_) => document,
    })
}

/// What is wrong with the scenes of a document: changes that do not fit, links that cannot be followed, steps and
/// runners that are not there. A document with such faults opens all the same, as with links.
pub fn scene_faults(story: &Scenario) -> Vec<String> {
    let mut document = story.clone();
    let mut faults = Vec::new();
    for (index, scene) in story.scenes.iter().enumerate() {
        let place = format!("scene {}", index + 1);
        for line in &scene.set {
            match changed_by(&document, std::slice::from_ref(line)) {
                Ok((changed, _)) => document = changed,
                Err(fault) => faults.push(format!("{place}: `{line}`: {fault}")),
            }
        }
        for (what, step) in [("step", scene.step), ("until", scene.until)] {
            if step > document.steps {
                faults.push(format!("{place}: `{what}` is {step}; the last step is {}", document.steps));
            }
        }
        let runner = scene.ask.as_ref().map_or(0, |ask| ask.runner as usize);
        if runner > document.runners.len() {
            faults.push(format!(
                "{place}: the question is about runner {runner}; there are {}",
                document.runners.len()
            ));
        }
        faults.extend(faults_of(&scene.notes, &document).iter().map(|fault| format!("{place}: {fault}")));
    }
    faults
}
