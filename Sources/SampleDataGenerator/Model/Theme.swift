/// What a film is about; the first part of the latent vector.
enum Theme: Int, CaseIterable {
    case space, noir, pastoral, family, horror, sports, heist, musical, western, sea, history, fantasy

    /// How common the theme is over the years 1950–2025: weights at 1950, 1975, 2000 and 2025.
    var prevalence: SIMD4<Float> {
        switch self {
        case .space: [0.4, 0.9, 1.1, 1.5]
        case .noir: [1.7, 1.1, 0.8, 0.9]
        case .pastoral: [1.2, 0.8, 1.0, 0.9]
        case .family: [0.7, 0.9, 1.5, 1.3]
        case .horror: [0.5, 1.3, 1.1, 1.4]
        case .sports: [0.5, 0.9, 1.2, 0.9]
        case .heist: [0.6, 1.3, 1.2, 1.0]
        case .musical: [1.8, 1.0, 0.6, 0.9]
        case .western: [2.1, 1.2, 0.4, 0.4]
        case .sea: [1.1, 0.8, 0.8, 0.7]
        case .history: [1.2, 0.9, 1.0, 0.8]
        case .fantasy: [0.4, 0.7, 1.3, 1.4]
        }
    }

    /// The usual tones of the theme: bright, loud, playful, strange.
    var tones: SIMD4<Float> {
        switch self {
        case .space: [0.0, 0.4, 0.0, 0.6]
        case .noir: [-0.9, -0.3, -0.4, 0.0]
        case .pastoral: [0.8, -0.8, 0.0, -0.4]
        case .family: [0.9, 0.3, 0.9, -0.3]
        case .horror: [-1.1, 0.2, -0.5, 0.8]
        case .sports: [0.5, 0.7, -0.2, -0.7]
        case .heist: [-0.3, 0.4, 0.6, -0.2]
        case .musical: [0.3, 0.8, 0.7, 0.1]
        case .western: [0.4, 0.2, -0.3, -0.4]
        case .sea: [0.2, -0.1, -0.2, 0.1]
        case .history: [-0.1, 0.3, -0.8, -0.3]
        case .fantasy: [0.2, 0.0, 0.3, 1.0]
        }
    }
}
