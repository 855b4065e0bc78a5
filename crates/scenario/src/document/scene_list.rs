//! The scenes of a document: how a list of them is read and written.

use super::scenario::Scenario;
use super::scene::{MAX_SCENES, Scene};
use crate::format::field::Form;
use crate::format::record::{Record, read_record, refused, write_block, write_list};
use crate::format::value_writer::ValueWriter;

/// The list of scenes.
pub(super) const SCENES: Form<Scenario> = Form {
    takes: "a list of scenes",
    default: "none",
    read: |reader, node, scenario| {
        let Some(list) = node.list() else {
            let form = format!("takes a list, `[{}]`", Scene::FORM.trim_matches('`'));
            return reader.wrong::<()>(node, "`scenes`", &form).is_some();
        };
        if let Some(first_too_many) = list.get(MAX_SCENES) {
            let message = format!("found {} scenes; at most {MAX_SCENES} are allowed", list.len());
            reader.report.add(&first_too_many.span, message);
        }
        let mut is_whole = true;
        for node in list.iter().take(MAX_SCENES) {
            let mut scene = Scene::default();
            is_whole &= read_record(reader, node, &mut scene);
            scenario.scenes.push(scene);
        }
        is_whole
    },
    write: |scenario, writer| {
        let inner = ValueWriter { indent: writer.indent + 4, ..*writer };
        let blank = Scene::default();
        let scenes = scenario.scenes.iter().map(|scene| write_block(scene, &blank, &inner));
        (!scenario.scenes.is_empty()).then(|| write_list(scenes, writer))
    },
    is_same: |one, other| one.scenes == other.scenes,
    refused: |scenario| {
        let count = scenario.scenes.len();
        let too_many =
            (count > MAX_SCENES).then(|| format!("found {count} scenes; at most {MAX_SCENES} are allowed"));
        too_many.or_else(|| scenario.scenes.iter().find_map(refused))
    },
};
