//! All pictures of what is open, each worked out at once: what is written to files, and looked at by tests.

use crate::budget::Unbounded;
use crate::charts::catalogue::find;
use crate::data_plot;
use crate::data_plot::DataInput;
use crate::direction_dial::{DIAL_HEIGHT, DIAL_WIDTH, DialInput, dial};
use crate::eigenbasis::EigenbasisInput;
use crate::figure::Figure;
use crate::findings::Findings;
use crate::kept_pictures::KeptPictures;
use crate::map_legend::map_legend;
use crate::phase_plane::{PhaseInput, PhasePlaneFigure};
use crate::picture_kind::PictureKind;
use crate::plane::{PlaneInput, ShownStarts};
use crate::relief::relief_view::Camera;
use crate::scheme::{Scheme, Theme};
use crate::settings_map::{self, ComputedMap};
use crate::shown_data;
use crate::surface_cut::{cut_chart, cut_reach};
use crate::sweep_map::{self, MapInput};
use crate::text_measure::TextMeasure;
use crate::viewport::Rect;
use nalgebra::Vector2;
use std::cell::RefCell;
use std::sync::Arc;
use thalweg_analysis::data::data_fit::DataFit;
use thalweg_analysis::local::direction::{DirectionalDerivatives, SurfaceCut};
use thalweg_analysis::local::taylor::TaylorModel;
use thalweg_analysis::spectral::momentum_plane::MomentumPlane;
use thalweg_analysis::sweep::theory::constant_eigenvalues;
use thalweg_core::math::spectrum::Spectrum;
use thalweg_core::objective::view::View;
use thalweg_core::spec::described::Described;
use thalweg_scenario::{ChartKind, Layer, MapMetric};
use thalweg_session::Session;

/// How many samples a cut has; odd, for the point itself is one.
const SAMPLES: usize = 121;

/// The pictures of what is open, at the step that its cursor is at; its runs are made.
pub struct Pictures<'a> {
    /// What is open.
    pub session: &'a Session,
    /// The theme.
    pub theme: Theme,
    /// How much room text takes.
    pub measure: &'a dyn TextMeasure,
    /// What pictures of this document at other steps have worked out; none where this is the only one.
    pub kept: Option<&'a RefCell<KeptPictures>>,
}

/// Around a picture of its own, in points.
const MARGIN: f64 = 8.0;

/// Whether there is something to show in a picture of what is open, as far as that is seen at once.
pub fn is_there(session: &Session, kind: PictureKind) -> bool {
    let objective = &session.race().problem().objective;
    match kind {
        PictureKind::Plane | PictureKind::Charts | PictureKind::Sheet => true,
        PictureKind::Relief | PictureKind::Eigenbasis | PictureKind::Cut => !objective.is_univariate(),
        PictureKind::Chart(chart) => {
            find(chart).is_some_and(|entry| !entry.is_univariate || objective.is_univariate())
        }
        PictureKind::Map => settings_map::settings_axes(session).is_some(),
        PictureKind::Data => objective.prediction().is_some() && objective.examples().is_some(),
        PictureKind::PhasePlane => momentum(session).is_some(),
    }
}

/// The plane of what momentum does of the focused runner's method; none where it has no momentum.
fn momentum(session: &Session) -> Option<MomentumPlane> {
    let (_, run) = session.focused()?;
    MomentumPlane::of(run.optimizer(), &run.settings_at(session.cursor()))
}

impl Pictures<'_> {
    /// A picture for a page of its own.
    ///
    /// # Errors
    /// There is nothing to show; why, in a few words.
    pub fn picture(&self, kind: PictureKind, page: Rect, has_legend: bool) -> Result<Figure, &'static str> {
        let inner = page.enlarged(-MARGIN.min(page.size()[0].min(page.size()[1]) / 8.0));
        let mut figure = Figure::new(page);
        let parts = match kind {
            PictureKind::Sheet => Ok(self.sheet(page, has_legend)),
            PictureKind::Charts => Ok(self.charts(&self.session.scenario().show.charts, inner, has_legend)),
            PictureKind::Chart(chart) => Ok(self.charts(&[chart], inner, has_legend)),
            PictureKind::Plane => {
                let below = self.legend_above(&mut figure, inner, has_legend);
                Ok(self.plane(below))
            }
            PictureKind::Relief | PictureKind::Eigenbasis | PictureKind::Cut if self.is_graph() => {
                Err("a function of x alone has a graph, which the plane shows, and no such picture")
            }
            PictureKind::Relief => {
                let below = self.legend_above(&mut figure, inner, has_legend);
                Ok(self.relief(below))
            }
            PictureKind::Eigenbasis => {
                let below = self.legend_above(&mut figure, inner, has_legend);
                self.eigenbasis(below).ok_or("there is no point to measure from: no minimum is known of")
            }
            PictureKind::Map => self.map(inner, has_legend).ok_or(if self.session.focused().is_some() {
                "the focused runner's method has no numbers to vary"
            } else {
                "there is no runner to map"
            }),
            PictureKind::Data => {
                let below = self.legend_above(&mut figure, inner, has_legend);
                self.data(below).ok_or("the surface has no data")
            }
            PictureKind::Cut => self.cut(inner).ok_or("the surface has no finite value there to cut through"),
            PictureKind::PhasePlane => self
                .phase_plane(inner)
                .ok_or("the focused runner's method has no momentum, or no curvature is known"),
        };
        figure.append(parts?);
        Ok(figure.in_notation(&self.session.scenario().show.notation))
    }

    /// Whether the plane shows the graph of a function of x alone.
    fn is_graph(&self) -> bool {
        self.session.race().problem().objective.is_univariate()
    }

    /// The map over the focused runner's settings; none where it has none that vary.
    pub fn map(&self, page: Rect, has_legend: bool) -> Option<Figure> {
        let (session, scheme) = (self.session, Scheme::new(self.theme));
        let (x, y) = settings_map::settings_axes(session)?;
        let metric = session.scenario().show.map.quantity;
        let computed = ComputedMap::of(settings_map::plan_of(session, (x.clone(), y.clone()))?);
        let (raster, legend) = computed.raster(session, metric, &scheme);
        let (_, height) = map_legend(&legend, metric, page, &scheme, self.measure);
        let height = if has_legend && height < page.size()[1] / 2.0 { height } else { 0.0 };
        let above = Rect { min: page.min, max: [page.max[0], page.max[1] - height] };
        let eigenvalues = constant_eigenvalues(&session.race().problem().objective, session.scenario().view);
        let theory = settings_map::theory(session, eigenvalues, &x, y.as_ref());
        let input = MapInput {
            page: above,
            theme: self.theme,
            axes: (&x, y.as_ref()),
            raster: Some(&Arc::new(raster)),
            is_old: false,
            theory: theory.as_ref(),
            present: settings_map::present_parts(session, &x, y.as_ref()),
            notation: session.scenario().show.notation,
        };
        let mut figure = sweep_map::map(&input, self.measure);
        if height > 0.0 {
            let below = Rect { min: [page.min[0], above.max[1]], max: page.max };
            figure.push("legend", None, map_legend(&legend, metric, below, &scheme, self.measure).0);
        }
        figure.page = page;
        Some(figure)
    }

    /// The plane.
    pub fn plane(&self, page: Rect) -> Figure {
        self.surface(page, |input, kept| kept.plane.whole(&input, self.measure))
    }

    /// The relief, from where the document looks at it.
    pub fn relief(&self, page: Rect) -> Figure {
        let show = &self.session.scenario().show;
        self.relief_from(page, Camera { azimuth: show.azimuth, elevation: show.elevation })
    }

    /// The relief, looked at by a camera of its own.
    pub fn relief_from(&self, page: Rect, camera: Camera) -> Figure {
        self.surface(page, |input, kept| kept.relief.whole(&input, camera, self.measure))
    }

    fn surface(
        &self,
        page: Rect,
        figure: impl FnOnce(PlaneInput<'_>, &mut KeptPictures) -> Figure,
    ) -> Figure {
        let nothing = PlaneInput::of(self.session, page, self.theme, Findings::default());
        let view = nothing.plot(self.measure).view;
        self.with_kept(|kept| {
            let found = kept.found(self.session, view);
            let mut input = PlaneInput::of(self.session, page, self.theme, found.findings());
            if kept.starts.is_none() {
                kept.starts = self.starts(view);
            }
            input.starts.clone_from(&kept.starts);
            let figure = figure(input, kept);
            kept.keep(view, found);
            figure
        })
    }

    /// Does something with what is kept, or with what is forgotten again.
    fn with_kept<T>(&self, work: impl FnOnce(&mut KeptPictures) -> T) -> T {
        match self.kept {
            Some(kept) => work(&mut kept.borrow_mut()),
            None => work(&mut KeptPictures::default()),
        }
    }

    /// The map over starts, where it is switched on.
    fn starts(&self, view: View) -> Option<ShownStarts> {
        if !self.session.scenario().show.layers.has(Layer::Starts) {
            return None;
        }
        let computed = ComputedMap::of(settings_map::plan_of(
            self.session,
            settings_map::start_axes(&self.session.race().problem().objective, view)?,
        )?);
        let (raster, legend) = computed.raster(self.session, MapMetric::Outcome, &Scheme::new(self.theme));
        settings_map::shown_starts(Arc::new(raster), &computed.plan, false, &legend.kinds)
    }

    /// The eigenbasis; none where there is nothing to measure from.
    pub fn eigenbasis(&self, page: Rect) -> Option<Figure> {
        self.with_kept(|kept| {
            let problem = self.session.race().problem();
            while !kept.components.update(self.session.focused_run(), problem, || false) {}
            let basis = *kept.components.frame()?;
            let input = EigenbasisInput::of(self.session, basis, page, self.theme);
            Some(kept.eigenbasis.compose(&input, &input.plot(self.measure), self.measure, &mut Unbounded).0)
        })
    }

    /// The data; none where the surface has none.
    pub fn data(&self, page: Rect) -> Option<Figure> {
        let fit = DataFit::of(&self.session.race().problem().objective)?;
        let names = shown_data::axis_names(self.session, &fit)?;
        let models = shown_data::models(self.session, |_, weights| fit.error(weights).is_some());
        let view = self.session.scenario().view;
        let batch = self.with_kept(|kept| {
            let found = kept.found(self.session, view);
            let batch = found.findings().sample.map(|sample| fit.dots_of(&sample.drawn)).unwrap_or_default();
            kept.keep(view, found);
            batch
        });
        let axes = names.each_ref().map(|name| &**name);
        let input =
            DataInput { page, theme: self.theme, fit: &fit, axes, models, batch: &batch, pointed: None };
        Some(data_plot::data(&input, &input.plot(self.measure), self.measure))
    }

    /// A chart with its heading, whether or not it is shown, and a legend where one is wanted.
    pub fn chart(&self, kind: ChartKind, page: Rect, has_legend: bool) -> Option<Figure> {
        self.with_kept(|kept| {
            let charts = kept.chart(kind);
            while charts.update(self.session, &[kind], &mut Unbounded) {}
            let scheme = Scheme::new(self.theme);
            let chart = charts.chart(kind, self.session, page.size()[0], &scheme)?;
            Some(chart.with_heading(page, scheme, self.measure, has_legend))
        })
    }

    /// The local model where the panels look.
    fn model(&self) -> Option<TaylorModel> {
        let point = self.session.point()?;
        Some(TaylorModel::of(&self.session.race().problem().objective, point)).filter(TaylorModel::is_defined)
    }

    /// The dial at a corner; none where nothing has a direction.
    pub fn dial(&self, corner: Vector2<f64>) -> Option<Figure> {
        let here = self.model()?.curvature;
        let input = DialInput {
            page: Rect::new(corner, Vector2::new(DIAL_WIDTH, DIAL_HEIGHT)),
            scheme: Scheme::new(self.theme),
            degrees: self.session.scenario().show.dial,
            spectrum: &Spectrum::of(&here.hessian),
            gradient: here.gradient,
            is_held: false,
        };
        Some(dial(&input, self.measure))
    }

    /// The cut through the surface along the dial's direction.
    pub fn cut(&self, page: Rect) -> Option<Figure> {
        let (model, scenario) = (self.model()?, self.session.scenario());
        let (here, scheme) = (&model.curvature, Scheme::new(self.theme));
        let spectrum = Spectrum::of(&here.hessian);
        let direction = DirectionalDerivatives::at(scenario.show.dial.to_radians(), here, &spectrum);
        let (objective, reach) = (&self.session.race().problem().objective, cut_reach(&scenario.view));
        let cut = SurfaceCut::of(objective, model.at, here.value, direction, reach, SAMPLES);
        Some(cut_chart(&cut, reach, &spectrum, &scheme).with_heading(page, scheme, self.measure, false))
    }

    /// The phase plane of momentum; none where the focused runner's method has no momentum, or where no
    /// curvature is known.
    pub fn phase_plane(&self, page: Rect) -> Option<Figure> {
        let (_, run) = self.session.focused()?;
        let plane = momentum(self.session)?;
        let values = Spectrum::of(&self.model()?.curvature.hessian).values;
        let (method, dots) = (run.optimizer().title(), values.map(|lambda| plane.dot(lambda)));
        let input = PhaseInput { page, theme: self.theme, method, plane: &plane, dots };
        Some(PhasePlaneFigure::default().figure(&input, &input.plot(), self.measure))
    }
}
