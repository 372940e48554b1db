extension Lexicon {
    static let pastoral = Lexicon(
        heroes: [
            "a beekeeper's eldest child", "a country vet", "a shepherd who writes letters for others",
            "a schoolteacher from the city",
            "a young orchard keeper in mourning", "the village letter carrier", "a cheesemaker",
            "a gardener at a faded manor",
        ],
        places: [
            "in a valley of apple orchards", "on a farm above the river", "in a village of forty souls",
            "among the hay meadows of the north",
            "at a mill that has stood still since spring", "on a hillside of vines",
            "along a lane that leads nowhere else",
        ],
        quests: [
            "rents a cottage for one summer and stays for the harvest",
            "answers a love letter meant for somebody else",
            "promises to save the orchard before the first frost",
            "teaches a stranger to dance in an empty barn",
            "walks the old shepherds' path in search of a first love", "keeps bees and a secret",
            "brings the abandoned mill back to life", "agrees to a marriage and then meets the gardener",
        ],
        triggers: [
            "the cherry trees bloom a month early", "a suitor comes back from the city",
            "the old farm is put up for sale",
            "a letter arrives thirty years late", "the river floods the lower meadows",
            "two neighbours quarrel about a hedge",
            "a wedding is called off at the church door",
        ],
        foes: [
            "a landlord with plans for a road", "a long, hard winter", "the gossip of a small village",
            "a brother who wants to sell",
            "pride on both sides of the hedge", "a promise made too young",
        ],
        turns: [
            "the letters have been read by the whole village", "love ripens more slowly than pears",
            "the stranger has roots in this soil",
            "the harvest brings the two households together", "summer does not last",
            "neither of them dares to say it first",
            "the heart has its own seasons",
        ],
        details: [
            "The hay is in, the evenings are long and nobody is in a hurry.",
            "Over bread, honey and silence, something tender begins.",
            "Larks rise from the wheat; a gate is left open.",
            "Every Sunday there is dancing under the lime tree.",
            "The first snow falls on the orchard and on two pairs of footprints.",
            "A basket of plums says what words cannot.",
        ],
        values: [
            "love that takes its time", "the land and those who stay", "a summer nobody forgets",
            "tenderness between shy people", "roots, seasons and second chances",
        ],
        nouns: [
            "Orchard", "Meadow", "Harvest", "Lane", "Garden", "Summer", "Blossom", "Mill", "Valley", "Letter",
            "Plum Tree", "Hedgerow",
        ],
        adjectives: ["Quiet", "Green", "Late", "Golden", "Gentle", "Wild", "Tender", "Honeyed", "Slow"])

    static let family = Lexicon(
        heroes: [
            "an overworked parent of five", "a ten-year-old inventor", "a pensioner with a motorbike",
            "a child who cannot lie",
            "a substitute teacher", "one of a pair of quarrelling twins", "a nervous babysitter",
            "the owner of a talking parrot",
        ],
        places: [
            "in a crooked house full of cousins", "at the worst summer camp in the country",
            "in a minivan with no reverse gear",
            "on a perfectly normal street", "at a school for difficult pets", "in a flat above a toy shop",
            "at a birthday party that got out of hand",
        ],
        quests: [
            "accidentally adopts a circus elephant", "builds a flying machine out of kitchen parts",
            "has one weekend to hide eleven puppies",
            "runs for mayor as a joke and wins", "swaps places with the headmistress",
            "tries to keep a snowman through July",
            "enters the whole family in a baking contest",
            "drives everybody to the seaside in an ice-cream van",
        ],
        triggers: [
            "grandpa announces that he is getting married", "the dog learns to open the fridge",
            "the holiday is booked in the wrong country",
            "a goose moves into the bathroom", "the school play goes spectacularly wrong",
            "mum finally takes a day off",
            "the neighbours declare war over a trampoline",
        ],
        foes: [
            "an inspector with no sense of humour", "a rival family in matching sweaters",
            "a raccoon with a plan", "the strictest aunt in the world",
            "a headmaster who hates noise", "a toy tycoon with a very small moustache",
        ],
        turns: [
            "the parrot has told everyone", "the birthday cake is on the roof",
            "dad has glued himself to the ceiling", "everybody was planning the same surprise",
            "the goldfish is the cleverest of them all", "the children have to save the grown-ups",
            "bedtime has been cancelled",
        ],
        details: [
            "There will be custard, and there will be consequences.", "By teatime the sofa is in the pond.",
            "Nobody can find the baby, the keys or the hamster.",
            "The puppies vote, and they vote against bedtime.", "One pillow fight changes everything.",
            "The plan has eleven steps and the first is already on fire.",
        ],
        values: [
            "the noisy business of being a family", "brothers, sisters and who broke the vase",
            "growing up without hurrying", "kindness in a very messy house",
            "grandparents who refuse to behave",
        ],
        nouns: [
            "Elephant", "Birthday", "Grandpa", "Goose", "Holiday", "Sandwich", "Puddle", "Cousin", "Balloon",
            "Parrot", "Bathtub", "Monday",
        ],
        adjectives: [
            "Enormous", "Wobbly", "Perfectly Normal", "Terrible", "Flying", "Unexpected", "Cheeky",
            "Upside-Down", "Very Small",
        ])

    static let musical = Lexicon(
        heroes: [
            "a chorus dancer with a bad ankle", "a jazz trumpeter", "a composer who has gone deaf in one ear",
            "a shy rehearsal pianist",
            "a tap dancer from the docks", "a singing waiter", "an opera star in disguise", "the understudy",
        ],
        places: [
            "in a theatre that closes at the end of the month", "backstage at the Alhambra",
            "in the ballroom of a sinking hotel",
            "at a dance hall by the gasworks", "on a riverboat with its own orchestra",
            "in a conservatory full of rivals", "under the lights of opening night",
        ],
        quests: [
            "has eleven days to put on a show", "writes a song that the whole city hums",
            "dances through the night to win a contest",
            "forms a band with a sworn rival", "steps in for the star and brings down the house",
            "tours the provinces with a broken piano",
            "falls in love in the middle of a duet", "teaches a town without music to sing",
        ],
        triggers: [
            "the leading lady loses her voice", "the orchestra goes on strike",
            "a melody drifts in from the street", "the curtain falls in the wrong act",
            "a talent scout takes the seat in row three", "the last record is pressed and scratched",
            "a tango is played for the wrong couple",
        ],
        foes: [
            "a critic with a grudge", "a producer who counts every violin", "a diva with a longer contract",
            "a landlord who cannot hear the music",
            "stage fright", "the fashion for rock and roll",
        ],
        turns: [
            "the best number is sung in the rain", "the rival has been playing the same tune",
            "the audience joins in at the chorus",
            "the song was never meant for the stage", "the spotlight finds the cleaner",
            "everybody knows the steps but the star",
            "the show goes on without a script",
        ],
        details: [
            "Seventeen songs, one piano and no second act.",
            "The feathers arrive late and the trombones arrive drunk.",
            "When the band strikes up, even the ushers dance.",
            "Every rehearsal ends in a quarrel and every quarrel in a song.",
            "The melody comes back four times, and the fourth time it hurts.",
            "Sequins fall like snow on the empty stage.",
        ],
        values: [
            "the show and those who carry it", "music as the last honest language",
            "ambition in dancing shoes", "a song that outlives its singer",
            "applause and the silence after it",
        ],
        nouns: [
            "Serenade", "Chorus", "Spotlight", "Waltz", "Encore", "Duet", "Trumpet", "Curtain", "Tango",
            "Refrain", "Overture", "Dance Hall",
        ],
        adjectives: [
            "Velvet", "Dancing", "Second", "Glittering", "Singing", "Offbeat", "Swinging", "Satin", "Last",
        ])
}
