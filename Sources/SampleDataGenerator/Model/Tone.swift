/// How a film feels; the second part of the latent vector. Each is signed: dark to bright, quiet to loud,
/// earnest to playful, plain to strange.
enum Tone: Int, CaseIterable {
    case bright, loud, playful, strange
}
