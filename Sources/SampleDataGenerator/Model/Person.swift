/// Somebody who makes films, with leanings of their own.
struct Person {
    var name: String
    /// Preference for each `Theme`; two or three stand out.
    var leaning: [Float]
    /// Preference for each `Tone`.
    var tones: [Float]
    /// The personal hand: what only the films of this person have in common.
    var hand: [Float]
    /// Stars above the average.
    var skill: Float
    /// How much work comes their way.
    var demand: Float
    /// Years of activity.
    var active: ClosedRange<Int>
}
