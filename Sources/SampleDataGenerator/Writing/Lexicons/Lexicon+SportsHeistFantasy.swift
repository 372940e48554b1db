extension Lexicon {
    static let sports = Lexicon(
        heroes: [
            "a washed-up boxing coach", "a sprinter from a mountain village",
            "a goalkeeper with a broken hand", "a rookie cyclist",
            "the captain of a losing team", "a marathon runner of sixty", "a swimmer afraid of deep water",
            "a referee with a past",
        ],
        places: [
            "in a town with one muddy pitch", "at a training camp in the hills",
            "in the changing room of a third-division club",
            "on the last lap of the season", "in a gym under the railway arches", "at the regional final",
            "on the steepest climb of the tour",
        ],
        quests: [
            "trains a team of dockworkers for the cup", "comes back for one more season",
            "runs barefoot against the champion",
            "turns a school for dropouts into a relay squad", "bets the club's last money on a penalty",
            "fights for a title twenty years after the first knockout",
            "rides the mountain stage with a cracked rib", "coaches the rival's daughter in secret",
        ],
        triggers: [
            "the star striker is sold on the eve of the final", "an injury ends a perfect season",
            "the stadium is about to be torn down",
            "a scout sees a street race by chance", "the coach collapses at half-time",
            "the team loses for the fortieth time",
            "the record falls by a hundredth of a second",
        ],
        foes: [
            "a champion who has never lost", "a club owner who wants the team to lose",
            "a knee that will not heal",
            "a federation with a stopwatch for a heart", "the fastest squad in the league", "an old defeat",
        ],
        turns: [
            "the final is decided in extra time", "the weakest runner gets the last leg",
            "the opponent offers a hand on the finish line",
            "the training diary belonged to a champion", "the whole town turns out for the replay",
            "winning is no longer the point",
            "the whistle comes one second too late",
        ],
        details: [
            "Rain, mud, ninety minutes and one chance.",
            "The scoreboard is broken, but everybody knows the score.",
            "Five in the morning, and the track is already taken.",
            "They have eleven shirts and nine players.",
            "Sweat, chalk and liniment: the season begins.",
            "The crowd stands up before the ball comes down.",
        ],
        values: [
            "teamwork and torn ligaments", "losing well and winning late", "the body and its stubborn will",
            "a coach who would not quit", "the long training behind one second of glory",
        ],
        nouns: [
            "Final", "Lap", "Goalkeeper", "Champion", "Relay", "Penalty", "Sprint", "Underdog", "Season",
            "Round", "Finish Line", "Medal",
        ],
        adjectives: [
            "Final", "Barefoot", "Unbeaten", "Muddy", "Extra", "Fearless", "Home", "Uphill", "Fourth",
        ])

    static let heist = Lexicon(
        heroes: [
            "a safecracker with shaking hands", "a forger of old masters", "a retired getaway driver",
            "a con artist on honeymoon",
            "an acrobat between jobs", "a bank clerk with a photographic memory", "a hacker of seventy-one",
            "a thief who only robs thieves",
        ],
        places: [
            "beneath the casino of a tiny principality", "in the vaults of a private bank",
            "at an auction house on the eve of a sale",
            "in a villa full of lasers", "on a night train carrying gold", "inside a museum under renovation",
            "in a penthouse with eleven locks",
        ],
        quests: [
            "puts together a crew for one last job",
            "plans to steal a diamond in front of nine hundred guests", "swaps a painting for a perfect fake",
            "robs the same bank twice in one night", "sells a tower that is not for sale",
            "breaks into a vault in order to put something back",
            "cons a billionaire out of an island", "tunnels toward the wrong building",
        ],
        triggers: [
            "the blueprints fall into the wrong hands", "the vault gets a new lock two days early",
            "an old accomplice walks out of prison",
            "the diamond is moved ahead of schedule", "a pickpocket lifts a key card by mistake",
            "the alarm code turns out to be a birthday",
            "a rival crew shows up in the same masks",
        ],
        foes: [
            "a security chief who never sleeps", "a casino king with a long memory",
            "an inspector who admires good work", "a mole in the crew",
            "a vault that opens once a year", "a collector who is also a crook",
        ],
        turns: [
            "the robbery is only the decoy", "somebody in the crew has been bought",
            "the safe is empty and always was",
            "the getaway car belongs to the police", "the fake is worth more than the diamond",
            "the double-cross was part of the plan",
            "the real loot left by the front door",
        ],
        details: [
            "Six specialists, four minutes and a guard who is early.",
            "The plan is perfect until the lift stops.",
            "Everyone has a cut, and the numbers do not add up.",
            "The laser grid has a rhythm; somebody has to dance to it.",
            "One briefcase is full of cash and one is full of newspaper.",
            "Nobody uses their real name, least of all the getaway driver.",
        ],
        values: [
            "trust among thieves", "a plan and all that it forgot", "greed with good manners",
            "the art of the con", "how to steal back a life",
        ],
        nouns: [
            "Vault", "Diamond", "Getaway", "Forgery", "Decoy", "Jackpot", "Casino", "Safecracker",
            "Blueprint", "Swindle", "Inside Job", "Emerald",
        ],
        adjectives: [
            "Perfect", "Stolen", "Eleventh", "Counterfeit", "Honest", "Clean", "Priceless", "Locked",
            "Smooth",
        ])

    static let fantasy = Lexicon(
        heroes: [
            "a hedge witch", "an apprentice to the royal dragon-keeper", "a knight who has sold the sword",
            "a royal child raised by wolves",
            "a mapmaker of enchanted woods", "a goblin with good intentions",
            "a lamplighter who can speak to the moon", "the seventh child of a wizard",
        ],
        places: [
            "in a kingdom where nobody grows old", "at the foot of a sleeping dragon",
            "in a forest that moves at night", "behind the mirror of a dead queen",
            "in a castle built of song", "on an island carried by a turtle", "at the market of lost wishes",
        ],
        quests: [
            "sets out to return a stolen spell", "must carry the last ember to the frozen castle",
            "breaks an enchantment and is sorry at once",
            "bargains with a troll for a forgotten name", "hatches a dragon's egg in the kitchen stove",
            "follows a white stag beyond the edge of the realm",
            "wears a crown that whispers", "is sent to slay a beast and learns its language",
        ],
        triggers: [
            "the moon fails to rise", "a talking raven brings a royal summons",
            "every spell in the realm stops working", "the old king turns to stone",
            "a door opens in the oldest oak", "the dragons come back",
            "the prophecy turns out to have a second page",
        ],
        foes: [
            "a sorceress who collects seasons", "a king of thorns", "the giant beneath the mountain",
            "a wizard who has misplaced his heart",
            "a spell with a mind of its own", "an army of clockwork ravens",
        ],
        turns: [
            "the curse is the only thing that keeps the castle standing",
            "magic always asks for something back", "the dragon is the rightful heir",
            "the wishing well has begun to wish", "the sword chooses someone else",
            "the fairy tale has been told wrongly on purpose",
            "the forest remembers every promise",
        ],
        details: [
            "Three wishes, two of them already spent.",
            "The road leads through a forest where the trees give directions, mostly wrong.",
            "By moonlight the statues play cards.",
            "A feather, a thimble and a dragon's tooth must be enough.",
            "Nobody has seen the elves since they were paid.",
            "The spell wears off at midnight, and the clock is enchanted too.",
        ],
        values: [
            "wonder and its rules", "the true names of things", "a wish and its small print",
            "magic that has to be earned", "monsters who were never asked",
        ],
        nouns: [
            "Dragon", "Spell", "Crown", "Raven", "Wishing Well", "Enchantment", "Lantern", "Thorn", "Witch",
            "Kingdom", "Unicorn", "Riddle",
        ],
        adjectives: [
            "Enchanted", "Seventh", "Sleeping", "Moonlit", "Forgotten", "Crystal", "Clockwork", "Whispering",
            "Winter",
        ])
}
