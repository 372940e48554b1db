import FloatKernels

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One of the places where a film shows something of itself. None shows everything, and no two the same.
enum Source {
    case poster, text

    /// How clearly it shows each theme, in the order of `Theme`.
    private var clarity: [Float] {
        switch self {
        case .poster: [1.1, 0.6, 0.8, 0.9, 1.1, 0.9, 0.5, 0.9, 1.1, 1.1, 0.7, 0.9]
        case .text: [0.8, 1.1, 1.0, 0.8, 0.7, 0.9, 1.1, 0.9, 0.8, 0.8, 1.1, 0.9]
        }
    }

    /// How clearly it shows each tone, in the order of `Tone`.
    private var toneClarity: [Float] {
        switch self {
        case .poster: [0.9, 0.8, 0, 0]
        case .text: [0.35, 0.35, 0.9, 0.9]
        }
    }

    /// How strongly the strongest theme drowns the others.
    private var contrast: Float {
        switch self {
        case .poster: 3
        case .text: 2
        }
    }

    /// The weights with which the source shows the themes of a film.
    func themes(of film: Film, using random: inout RandomGenerator) -> [Float] {
        zip(film.themes, clarity).map { theme, clarity in
            powf(max(0.001, theme * clarity + 0.1 * random.normal()), contrast)
        }
    }

    /// The tones of a film as the source shows them, about -1...1.
    func tones(of film: Film, using random: inout RandomGenerator) -> [Float] {
        zip(film.tones, toneClarity).map { tone, clarity in
            tone * clarity + 0.5 * (1 - clarity) * random.normal()
        }
    }
}
