import Diagnostics

extension Evaluation {
    /// Runs `body` for every fold, with a monitor that names it.
    ///
    /// - Parameter onInterrupt: gets the number of folds that were done, if there are some, before the interruption is thrown.
    func forEachFold(
        _ folds: Int, onInterrupt: (Int) -> Void, _ body: (Int, WorkMonitor) throws -> Void
    ) throws {
        for fold in 0..<folds {
            do {
                try body(fold, monitor.prefixing("Fold \(fold + 1) of \(folds): "))
            } catch let stop as Diagnostic where stop.kind == .interrupted {
                if fold > 0 { onInterrupt(fold) }
                throw stop
            }
        }
    }
}
