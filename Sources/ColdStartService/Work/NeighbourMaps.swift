import Diagnostics
import FloatKernels
import Foundation
import Recommendation
import Synchronization

/// Keeps the map that holds neighbours together, for the version that answers. It takes seconds: the first who asks begins it,
/// on a thread of its own, and nobody waits for it.
final class NeighbourMaps: Sendable {
    /// What there is for a version.
    enum Standing: Sendable {
        /// It is on its way.
        case making
        /// There will be none: too many items, or none.
        case none
        case made(NeighbourMap)

        var map: NeighbourMap? { if case .made(let map) = self { map } else { nil } }
        var isMaking: Bool { if case .making = self { true } else { false } }
    }

    private let kept = Mutex<(version: String, standing: Standing)?>(nil)

    /// What there is for the version of a state, after beginning what is not.
    func standing(of state: ServingState) -> Standing {
        guard let snapshot = state.recommender?.snapshot else { return .none }
        let (standing, isNew) = kept.withLock { kept in
            if let kept, kept.version == snapshot.version { return (kept.standing, false) }
            kept = (snapshot.version, .making)
            return (Standing.making, true)
        }
        if isNew { begin(snapshot) }
        return standing
    }

    /// The same, beginning nothing; nil where nobody has asked for it yet.
    func known(of state: ServingState) -> Standing? {
        kept.withLock { kept in kept?.version == state.version ? kept?.standing : nil }
    }

    private func begin(_ snapshot: Snapshot) {
        let thread = Thread { [self] in
            // One processor of them all, and nothing asks it to stop.
            let map = try? NeighbourMap(snapshot, pool: ThreadPool(threads: 1), monitor: .silent)
            kept.withLock { kept in
                // Another version may answer by now.
                guard kept?.version == snapshot.version else { return }
                kept?.standing = map.map(Standing.made) ?? .none
            }
        }
        thread.name = "coldstart.map"
        thread.stackSize = 8 << 20
        thread.qualityOfService = .background
        thread.start()
    }
}
