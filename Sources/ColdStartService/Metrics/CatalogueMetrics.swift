import Foundation
import Recommendation

/// How the catalogue, its model and its trainings stand.
enum CatalogueMetrics {
    static func write(_ service: CatalogueService, to text: inout PrometheusText) {
        let state = service.live.state
        text.gauge("coldstart_build_info", "The release.", labels: [("version", Release.version)], 1)
        if let card = state.card {
            text.gauge(
                "coldstart_model_info", "The model version that answers.",
                labels: [("version", card.version), ("model", card.model)], 1)
            text.gauge(
                "coldstart_model_age_seconds", "Since the model version that answers was made.",
                max(0, Double(Clock.now() - card.createdAt)))
        }
        text.gauge(
            "coldstart_model_damaged", "Whether the active version cannot be used, and another one answers.",
            state.damaged == nil ? 0 : 1)
        text.gauge(
            "coldstart_catalogue_revision", "Grows with every change of the catalogue.",
            Double(state.revision))
        write(state, to: &text)
        write(service.trainings, to: &text)
    }

    private static func write(_ state: ServingState, to text: inout PrometheusText) {
        guard let snapshot = state.recommender?.snapshot else { return }
        var counts: [Snapshot.Provenance: Int] = [:]
        for item in snapshot.items { counts[item.provenance, default: 0] += 1 }
        text.header(
            "coldstart_items", "gauge", "Items that can be recommended, by where their place is from.")
        for provenance in [Snapshot.Provenance.learned, .projected, .blended] {
            text.sample(
                "coldstart_items", labels: [("provenance", provenance.rawValue)],
                Double(counts[provenance] ?? 0))
        }
        text.gauge(
            "coldstart_cold_items_waiting", "New items that nobody has rated yet.",
            Double(counts[.projected] ?? 0))
        text.gauge(
            "coldstart_unplaced_items", "Items that have no place in the model yet.",
            Double(snapshot.unplacedCount))
    }

    private static func write(_ desk: TrainingDesk, to text: inout PrometheusText) {
        text.gauge(
            "coldstart_training_running", "Whether a training runs.", desk.running == nil ? 0 : 1)
        var counts: [String: Int] = [:]
        for training in desk.all { counts[training.state.rawValue, default: 0] += 1 }
        text.header("coldstart_trainings", "gauge", "Trainings that are remembered, by what became of them.")
        for state in counts.keys.sorted() {
            text.sample("coldstart_trainings", labels: [("state", state)], Double(counts[state] ?? 0))
        }
    }
}
