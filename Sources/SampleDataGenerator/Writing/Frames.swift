/// Sentences with places for words: `{hero}`, `{name}` and so on; a capital first letter capitalises what comes.
enum Frames {
    static let openings = [
        "{Place}, {hero} named {name} {quest}.",
        "When {trigger}, {hero} named {name} {quest}.",
        "{Name} is {hero} {place} – until {trigger}.",
        "It begins when {trigger}: {name}, {hero}, {quest}.",
        "{Hero} {quest} when {trigger}.",
        "{Name}, {hero}, {quest}.",
        "Years after leaving for good, {name}, {hero}, is back {place}.",
        "Two strangers meet {place}: {name}, {hero}, and {friend}, {hero2}.",
        "{Place}, {trigger}, and only {name}, {hero}, takes notice.",
        "{Place}, nobody expects much of {name}, {hero}.",
        "The year {trigger}, {name}, {hero}, has nothing left to lose.",
        "{Name} has one rule, never to ask questions, and breaks it the day {trigger}.",
        "{Friend} needs {hero}, and all that can be found {place} is {name}.",
        "One evening {trigger}; before morning {name}, {hero}, {quest}.",
        "{Hero} {place}, {name} {quest}.",
        "Life {place} is simple for {name}, {hero}, and then {trigger}.",
        "Everybody {place} knows {name}: {hero}, and trouble besides.",
        "Against all advice, {hero} called {name} {quest}.",
    ]

    static let middles = [
        "In the way stands {foe}.",
        "But {turn}, and {foe} is closing in.",
        "What {name} cannot know: {turn}.",
        "With {friend}, {hero2}, for company, {name} {quest2}.",
        "Then {trigger2}, and {turn}.",
        "Help comes from {friend}, {hero2}, and at a price.",
        "{Foe} has other plans.",
        "Up against {foe}, {name} finds an ally in {hero2}.",
        "Only {friend} suspects that {turn}.",
        "Soon {trigger2}.",
        "Little by little it becomes clear that {turn}.",
        "There is also {foe} to be reckoned with.",
        "Meanwhile {friend}, {hero2}, {quest2}.",
        "The trouble is that {turn}.",
        "{Name} and {friend} have one thing in common: {foe}.",
        "By the time {trigger2}, it is too late to turn back.",
        "And {friend}? {Hero2}, as it turns out, and not on {name}'s side.",
        "Too late {name} learns that {turn}.",
    ]

    /// Last sentences for the strongest tone of the film.
    static func closings(_ tone: Tone, positive: Bool) -> [String] {
        switch (tone, positive) {
        case (.bright, true):
            [
                "A sunny film about {value}.", "Told with warmth and a light hand, it is a story of {value}.",
                "In the end there is enough hope for everyone.",
                "Generous and full of light, it celebrates {value}.",
                "A film to come home to.", "{Name} will smile again, and so shall we.",
                "At its heart: {value}.",
            ]
        case (.bright, false):
            [
                "A bleak and merciless look at {value}.", "Not everyone will see the morning.",
                "A dark meditation on {value}.",
                "There is no good way out, only the least bad one.",
                "For {name}, hope is the cruellest trick of all.",
                "It ends, as it must, in silence.", "An unsparing film about {value}.",
            ]
        case (.loud, true):
            [
                "From here on there is no time to breathe.", "What follows is a chase at full speed.",
                "Loud, fast and in love with {value}.",
                "A furious spectacle about {value}.", "It ends in the greatest showdown of all.",
                "Faster, louder, further: {name} never stops.",
                "The last half hour is one single thrill.",
            ]
        case (.loud, false):
            [
                "A quiet film of glances and pauses.", "Little is said and everything is heard.",
                "Patient and hushed, it listens to {value}.",
                "The camera waits, and {name} with it.", "A slow, intimate portrait of {value}.",
                "Silence does most of the talking.", "A chamber piece about {value}.",
            ]
        case (.playful, true):
            [
                "Nothing goes to plan, and that is the best of it.", "A mischievous film about {value}.",
                "Chaos, naturally, is the winner.",
                "Every lie needs a bigger one, with hilarious results.", "Wit beats strength by a nose.",
                "A romp about {value}.",
                "If only {name} could keep a straight face.",
            ]
        case (.playful, false):
            [
                "A grave and honest film about {value}.", "Some debts must be paid in full.",
                "{Name} must choose between duty and everything else.",
                "A solemn reckoning with {value}.", "What is lost stays lost.",
                "It asks seriously about {value}.",
                "The decision will weigh on {name} for a lifetime.",
            ]
        case (.strange, true):
            [
                "Dream and waking change places.", "Nothing is what it seems in this tale of {value}.",
                "A hypnotic riddle around {value}.",
                "By the last reel time runs backwards.", "Or is {name} only somebody else's dream?",
                "Logic leaves the room first.",
                "A surreal fable of {value}.",
            ]
        case (.strange, false):
            [
                "A true-to-life account of {value}.", "Plainly told, and all the stronger for it.",
                "Based on what people in the region still tell.",
                "It could have happened to any of us.", "A down-to-earth story of {value}.",
                "An everyday tale, honestly observed.",
                "No tricks, just an honest tale of {value}.",
            ]
        }
    }
}
