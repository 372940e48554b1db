import HTTPTypes
import Hummingbird
import NIOCore

/// Metrics for Prometheus.
struct MetricsRoutes: Routes {
    let service: CatalogueService
    let requests: RequestMetrics
    let process = ProcessMetrics()

    func register(on router: Router<ServiceContext>) {
        router.at("/metrics", [.get: metrics])
    }

    @Sendable private func metrics(_ request: Request, _ context: ServiceContext) async throws -> Response {
        _ = try Query(request, knowing: [])
        return try await service.read { [self] in
            var text = PrometheusText()
            requests.write(to: &text)
            CatalogueMetrics.write(service, to: &text)
            process.write(to: &text)
            return Answer.bytes(ByteBuffer(string: text.text), PrometheusText.mediaType)
        }
    }
}
