public import Diagnostics
public import FloatKernels
public import ItemContent
public import NeuralNetwork

extension ContentProjection {
    /// The way from encoded content to a place, for other programs: see `ProjectionGraph` for inputs and outputs.
    public func graph(pool: ThreadPool) -> ONNXGraph { ProjectionGraph.make(self, pool: pool) }

    /// Adds the inputs of that graph for some items to a file, by their names in the graph.
    public func addInputs(
        of records: [ContentRecord], to file: inout TensorFileWriter, pool: ThreadPool,
        monitor: WorkMonitor = .silent
    ) throws {
        let items = try encoder.encode(records, pool: pool, monitor: monitor)
        for view in regression.views.sorted() {
            switch items[view] {
            case .terms(let rows)?: file.add(view, matrix: rows.dense)
            case .points(let points, let present)?:
                file.add(view, matrix: points)
                file.add(
                    view + ProjectionGraph.present, shape: [present.count, 1],
                    floats: present.map { $0 ? 1 : 0 })
            case nil: break
            }
        }
    }
}
