/// A row of the comparison: our figure, the best of the peers', and the ratio that is the goal.
struct Goal {
    /// What a reader calls it.
    let row: String
    /// The benchmark, as records name it.
    let bench: String
    /// Our record.
    let ours: String
    /// The peers' records; the best of those that are there counts.
    let peers: [String]
    /// The figure compared.
    let key: String
    /// Whether a smaller figure is better: a time.
    let isTime: Bool
    /// How many times faster than the peer we want to be, on one thread.
    let goal: Double

    private init(
        _ row: String, _ bench: String, _ ours: String, _ peers: [String], _ key: String,
        isTime: Bool = false,
        _ goal: Double
    ) {
        (self.row, self.bench, self.ours, self.peers) = (row, bench, ours, peers)
        (self.key, self.isTime, self.goal) = (key, isTime, goal)
    }

    /// All rows.
    static let all = [
        Goal(
            "poster, one image", "poster", "infer_b1/coldstart", ["infer_b1/onnxruntime"], "us_best",
            isTime: true, 1.8),
        Goal(
            "poster, batch 64", "poster", "infer_b64/coldstart", ["infer_b64/onnxruntime"], "per_s_best", 1.8),
        Goal(
            "poster, training", "poster", "train_b64/coldstart",
            ["train_b64/torch_channels_last+adam_fused", "train_b64/torch_eager+adam_fused"], "per_s_best",
            2.5),
        Goal(
            "text, one item", "text", "infer_b1/coldstart", ["infer_b1/onnxruntime"], "us_best", isTime: true,
            1.5),
        Goal("text, batch 64", "text", "infer_b64/coldstart", ["infer_b64/onnxruntime"], "per_s_best", 1.4),
        Goal(
            "text, training", "text", "train_b64/coldstart",
            ["train_b64/torch_eager+adam_fused", "train_b64/torch_unfold_gemm+adam_fused"], "per_s_best", 5),
        Goal(
            "implicit ALS", "mf", "ml1m/coldstart_als_15it", ["ml1m/implicit_als_cg3_15it"], "s_best",
            isTime: true, 1.5),
        Goal(
            "BPR, an epoch", "mf", "ml1m/coldstart_bpr_10ep", ["ml1m/implicit_bpr_10ep"], "s_per_epoch_best",
            isTime: true, 1.5),
        Goal(
            "ten of 10,000, float", "topn", "coldstart_float/10000", ["faiss_flat_ip/10000"], "us_best",
            isTime: true, 1),
        Goal(
            "ten of 100,000, float", "topn", "coldstart_float/100000", ["faiss_flat_ip/100000"], "us_best",
            isTime: true, 1),
        Goal(
            "ten of 1,000,000, float", "topn", "coldstart_float/1000000", ["faiss_flat_ip/1000000"],
            "us_best",
            isTime: true, 1),
        Goal(
            "ten of 10,000, int8", "topn", "coldstart_int8/10000", ["faiss_flat_ip/10000"], "us_best",
            isTime: true, 1),
        Goal(
            "ten of 100,000, int8", "topn", "coldstart_int8/100000", ["faiss_flat_ip/100000"], "us_best",
            isTime: true, 1),
        Goal(
            "ten of 1,000,000, int8", "topn", "coldstart_int8/1000000", ["faiss_flat_ip/1000000"], "us_best",
            isTime: true, 3),
        Goal(
            "ten for each of 6,040", "topn", "batch_6040x3706/coldstart", ["batch_6040x3706/faiss_flat_ip"],
            "ms_best", isTime: true, 1.2),
        Goal(
            "PNG to 96×64", "image", "coldstart_png_resize", ["pillow_png_resize_box"], "per_s_best", 1),
        Goal(
            "JPEG to 96×64", "image", "coldstart_jpeg_draft", ["pillow_jpeg_draft_bilinear"], "per_s_best", 1),
    ]

    /// The better of two figures.
    func better(_ a: Double, _ b: Double) -> Double { isTime ? min(a, b) : max(a, b) }

    /// How many times faster `ours` is than `theirs`.
    func ratio(_ ours: Double, _ theirs: Double) -> Double { isTime ? theirs / ours : ours / theirs }
}
