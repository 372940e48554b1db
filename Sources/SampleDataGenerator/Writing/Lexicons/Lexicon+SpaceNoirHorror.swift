extension Lexicon {
    static let space = Lexicon(
        heroes: [
            "a grounded star pilot", "an ice miner", "a cartographer of dead worlds",
            "the youngest engineer of a colony ship",
            "a retired astronaut", "a navigator who no longer trusts the charts", "an android on parole",
            "a signal officer",
        ],
        places: [
            "aboard a mining station above Saturn", "on a moon where it rains glass",
            "in the lower decks of an ark",
            "at the last fuel stop before the void", "on a red planet without roads",
            "in orbit round a dying sun", "inside a hollow comet",
        ],
        quests: [
            "steals a freighter and sets course for the edge of the map",
            "answers a distress call that is four hundred years old",
            "volunteers for a flight that nobody has come back from",
            "smuggles a seed vault past a blockade of warships",
            "races a comet to the outer colonies", "tries to land a ship that was never built to land",
            "wakes from cold sleep a century too early", "follows a faint radio pulse into the asteroid belt",
        ],
        triggers: [
            "a beacon lights up on a moon that was listed as empty", "the oxygen readings stop adding up",
            "the jump drive fails between two stars",
            "a second Earth appears on the long-range scope", "the captain vanishes from a sealed airlock",
            "an old probe comes home with a passenger",
            "gravity begins to change by the hour",
        ],
        foes: [
            "a salvage company with its own fleet", "the ship's own computer",
            "a solar storm that will not wait", "a pirate queen of the rings",
            "an admiral who has orders to lose the ship", "something patient in the dust between the planets",
        ],
        turns: [
            "the signal is coming from the ship itself", "the aliens have been listening all along",
            "there is fuel enough for one way only",
            "the star charts were drawn to keep people out", "half of the crew never left cold sleep",
            "the planet below is awake",
            "the robot remembers a different voyage",
        ],
        details: [
            "Outside the window hang two moons and no way home.", "Every hour of delay costs a day of air.",
            "The crew has one working suit and three opinions.",
            "Between the planets, a message takes nine years to arrive.",
            "The hull sings when the engines are off.",
            "Nobody has told the passengers which galaxy this is.",
        ],
        values: [
            "how far from home a person can go", "first contact and second thoughts",
            "the courage of very small crews", "what the stars do not owe us", "exploration and its price",
        ],
        nouns: [
            "Orbit", "Star", "Comet", "Signal", "Airlock", "Moon", "Voyager", "Horizon", "Meteor", "Planet",
            "Beacon", "Satellite", "Eclipse",
        ],
        adjectives: [
            "Silent", "Outer", "Lost", "Ninth", "Hollow", "Distant", "Magnetic", "Burning", "Weightless",
        ])

    static let noir = Lexicon(
        heroes: [
            "a private detective with one client left", "a night-shift typist", "a police photographer",
            "a disbarred lawyer",
            "a hotel pianist with a gambling debt", "an insurance investigator",
            "a crime reporter on the graveyard shift", "a getaway witness",
        ],
        places: [
            "in a city where it has rained for a month", "behind the neon of the harbour district",
            "in a hotel that rents by the hour",
            "on the wrong end of Quill Street", "at an all-night diner", "in the corridors of city hall",
            "above a pawnshop",
        ],
        quests: [
            "takes a missing-persons case that nobody wants solved",
            "agrees to deliver an envelope and makes the mistake of opening it",
            "tails a banker's wife from one dark bar to the next",
            "tries to clear the name of a murdered partner",
            "sells one secret too many", "reopens the case that ended a career", "falls for the only suspect",
            "buys back a set of photographs at gunpoint",
        ],
        triggers: [
            "a body turns up in the mayor's car", "a stranger with a false name pays in advance",
            "the wrong man confesses",
            "an heiress disappears between two floors", "a witness is found in the river",
            "somebody mails back a stolen ring",
            "the lights go out along the whole waterfront",
        ],
        foes: [
            "a police captain on two payrolls", "a syndicate with friends in court",
            "a blackmailer who never shows a face",
            "a club owner nobody dares to name", "a widow with an airtight alibi", "the district attorney",
        ],
        turns: [
            "the dead man is still making phone calls", "every clue leads back to the detective's own office",
            "the client has been lying since the first drink",
            "the murder weapon has been in the drawer all along", "the alibi was bought by the hour",
            "someone has paid for everyone's silence",
            "the killer attends the funeral",
        ],
        details: [
            "Everyone has a motive and nobody has an umbrella.",
            "The streets are wet, the whisky is cheap and the law is for sale.",
            "A cigarette burns in an ashtray, and the room is empty.",
            "In this town the truth is worth less than the bullet.",
            "Three people know what happened; two of them are dead.",
            "The shadows on the stairs belong to the police.",
        ],
        values: [
            "guilt and who can afford it", "the price of looking away", "corruption and one stubborn witness",
            "a crime that a whole city committed", "love between liars",
        ],
        nouns: [
            "Alibi", "Shadow", "Ledger", "Widow", "Witness", "Envelope", "Stranger", "Confession", "Murder",
            "Night", "Verdict", "Motive",
        ],
        adjectives: [
            "Cold", "Crooked", "Guilty", "Blind", "Midnight", "Borrowed", "Rainy", "Double", "Unpaid",
        ])

    static let horror = Lexicon(
        heroes: [
            "a caretaker", "a newcomer in mourning", "a sleep researcher",
            "an exorcist who has stopped believing", "a night nurse of the dying",
            "a deaf bell-ringer", "the last nurse of a closed asylum", "a collector of dolls",
        ],
        places: [
            "in a house that is larger on the inside", "at the edge of a forest without birds",
            "in a village that does not open its doors after dark",
            "beneath an abandoned hospital", "on a farm with one grave too many",
            "in the attic of a boarding school", "down a well",
        ],
        quests: [
            "spends one night too long among the graves", "finds a door that was not there yesterday",
            "hears a dead child counting in the walls",
            "digs up what the village buried", "keeps a candle lit against something that breathes",
            "inherits a mirror covered in black cloth",
            "records the voices of the dead and plays them backwards",
            "returns the thing that was taken from the crypt",
        ],
        triggers: [
            "the children all draw the same face", "something begins to scratch beneath the floor",
            "the church bells ring with nobody at the ropes",
            "a coffin is found open and empty", "the dog refuses to cross the threshold",
            "the family portraits start to decay",
            "blood runs from the cellar tap",
        ],
        foes: [
            "a thing that wears the faces of neighbours", "a curse that is passed on by hand",
            "a mother who died and did not leave", "the house itself",
            "a congregation without shadows", "a hunger older than the village",
        ],
        turns: [
            "the screams on the tape have not happened yet", "the monster was let in as a guest",
            "nobody in the house is still alive",
            "the grave bears tomorrow's date", "whatever it is has learned to knock",
            "the nightmare leaves footprints",
            "the ritual needs one more name",
        ],
        details: [
            "Do not look under the bed; look at who is lying in it.",
            "Every night the candle burns a little lower, and something comes a little nearer.",
            "The walls are damp and warm to the touch.",
            "There are thirteen chairs, and one of them is always taken.",
            "At three in the morning the screaming stops, which is worse.",
            "What the fog gives back is not what it took.",
        ],
        values: [
            "fear and what it feeds", "the dead and their patience", "a family that would not stay buried",
            "evil that asks politely", "the terror of an ordinary house",
        ],
        nouns: [
            "Cellar", "Grave", "Mirror", "Whisper", "Crypt", "Scream", "Coffin", "Scarecrow", "Attic",
            "Curse", "Lullaby", "Thirteenth Guest",
        ],
        adjectives: [
            "Hungry", "Buried", "Haunted", "Pale", "Nameless", "Rotten", "Sleepless", "Bleeding", "Cursed",
        ])
}
