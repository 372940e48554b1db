package import FloatKernels

/// Draws what a profile network is shown of a user, and what it is asked for.
///
/// Either the rest of the user's time is hidden from a random moment on, as the paper has it, and the ratings that follow
/// are asked for, the next ones most; or a random part of all ratings is hidden and asked for (a denoising autoencoder: D.
/// Liang et al., "Variational Autoencoders for Collaborative Filtering", WWW 2018). The first teaches what comes next, the
/// second what a user likes at all.
package struct ProfileExample {
    /// What is shown, in order.
    package private(set) var items: [Int32] = []
    package private(set) var isLiked: [Bool] = []
    /// How many of them, at the end, are in the order of time.
    package private(set) var timed = 0
    /// What is asked for, as places among the entries of the histories, and how much.
    package private(set) var wanted: [(place: Int, weight: Float)] = []

    /// How examples are drawn.
    package struct Settings {
        /// The share of examples that hide the future, of users whose times are known.
        package var futureShare: Float
        /// Ratings that are asked for of a future, and how much each counts against the one before.
        package var window: Int
        package var fading: Float
        /// The largest part of a history that is hidden at random.
        package var mostHidden: Float
        /// How much a rating that is no like counts as something to be asked for.
        package var otherWeight: Float

        /// Settings from their parts.
        package init(
            futureShare: Float, window: Int, fading: Float, mostHidden: Float, otherWeight: Float
        ) {
            self.futureShare = futureShare
            self.window = window
            self.fading = fading
            self.mostHidden = mostHidden
            self.otherWeight = otherWeight
        }
    }

    /// An example of a user with at least one rating.
    package init(
        _ histories: OrderedHistories, user: Int, _ settings: Settings,
        using generator: inout RandomGenerator
    ) {
        let range = histories.entries(ofUser: user), timedStart = histories.timedStarts[user]
        if timedStart < range.upperBound, generator.uniform() < settings.futureShare {
            hideFuture(histories, range, timedStart, settings, &generator)
        } else {
            hidePart(histories, range, timedStart, settings, &generator)
        }
    }

    private mutating func hideFuture(
        _ histories: OrderedHistories, _ range: Range<Int>, _ timedStart: Int, _ settings: Settings,
        _ generator: inout RandomGenerator
    ) {
        let moment = timedStart + generator.index(below: range.upperBound - timedStart)
        items = Array(histories.items[range.lowerBound..<moment])
        isLiked = Array(histories.isLiked[range.lowerBound..<moment])
        timed = moment - timedStart
        var weight: Float = 1
        for place in moment..<min(moment + settings.window, range.upperBound) {
            want(place, weight: weight, histories, settings)
            weight *= settings.fading
        }
    }

    private mutating func hidePart(
        _ histories: OrderedHistories, _ range: Range<Int>, _ timedStart: Int, _ settings: Settings,
        _ generator: inout RandomGenerator
    ) {
        let share = settings.mostHidden * generator.uniform()
        let certain = range.lowerBound + generator.index(below: range.count)
        for place in range {
            if place == certain || generator.uniform() < share {
                want(place, weight: 1, histories, settings)
            } else {
                items.append(histories.items[place])
                isLiked.append(histories.isLiked[place])
                if place >= timedStart { timed += 1 }
            }
        }
    }

    private mutating func want(
        _ place: Int, weight: Float, _ histories: OrderedHistories, _ settings: Settings
    ) {
        let weight = weight * (histories.isLiked[place] ? 1 : settings.otherWeight)
        if weight > 0 { wanted.append((place, weight)) }
    }
}
