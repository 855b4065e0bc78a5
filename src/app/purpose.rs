//! What a path is asked for.

/// What a path is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To open a preset.
    Open,
    /// To save one.
    Save,
    /// To export the trajectories.
    Export,
    /// To save a picture.
    Picture,
    /// To fit a model to a table.
    Data,
}

impl Purpose {
    /// The title of the dialog.
    pub fn title(self) -> &'static str {
        match self {
            Self::Open => "Open a preset",
            Self::Save => "Save the preset as",
            Self::Export => "Export the trajectories (CSV)",
            Self::Picture => {
                "Save as a picture (.svg, .pdf, .png, .tex) or a film (.gif, .apng, .y4m, .mp4, .webm)"
            }
            Self::Data => "Data for the model (CSV: two features and a target)",
        }
    }

    /// The word on its button.
    pub fn verb(self) -> &'static str {
        match self {
            Self::Open | Self::Data => "Open",
            Self::Save | Self::Picture => "Save",
            Self::Export => "Export",
        }
    }

    /// How the names of such files end.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Export | Self::Data => "csv",
            Self::Picture => "png",
            Self::Open | Self::Save => "ron",
        }
    }

    /// Whether a file is read; else one is written.
    pub fn reads(self) -> bool {
        matches!(self, Self::Open | Self::Data)
    }
}
