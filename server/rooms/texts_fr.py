"""Texts of the phone's page in French, by id; spaces that do not break are set by the program."""

FRENCH = {
    "enter_title": "Entrer dans une salle",
    "enter_code": "Code de la salle",
    "enter_help": "Il a {signs} signes et figure sur l'écran de la personne qui anime la salle.",
    "enter_button": "Entrer",
    "room_title": "Salle {code}",
    "arrive_title": "Vous allez entrer dans la salle {code}",
    "arrive_button": "Participer",
    "arrive_table": "Votre table",
    "arrive_no_table": "aucune table",
    "privacy": (
        "Personne ici ne peut voir quelle réponse est la vôtre ; avec moins de 5 réponses, rien "
        "n'est montré. Tout est effacé le {moment}."
    ),
    "moment_server": "{date} à {hour} (horloge de la machine de la salle, {zone})",
    "moment_phone": "{date} à {hour} (horloge de ce téléphone)",
    "kept": (
        "Ce qui est conservé jusque-là : vos réponses, votre table et un nombre aléatoire qui "
        "permet à ce téléphone de revenir. Ni nom, ni adresse, ni heure."
    ),
    "seated_title": "Vous êtes dans la salle {code}",
    "seated": "La première question apparaîtra ici quand elle sera posée.",
    "wait": "La prochaine question apparaîtra ici quand elle sera posée.",
    "place": "Question {place} sur {places}",
    "again": (
        "Répondez encore une fois, après la discussion. Votre première réponse est conservée à "
        "côté de la seconde."
    ),
    "answered": (
        "Votre réponse est arrivée. Vous pouvez la modifier jusqu'à la clôture de la question."
    ),
    "send": "Envoyer",
    "change": "Modifier ma réponse",
    "closed": "Les réponses sont closes. Le résultat suit sur le grand écran.",
    "revealed": "Le résultat est sur le grand écran.",
    "your_answer": "Votre réponse : {answer}",
    "sent_answer": "Ce qui a été envoyé, peut-être remplacé au hasard : {answer}",
    "sent_once": (
        "Votre choix est arrivé. Comme il a pu être remplacé, il n'est envoyé qu'une seule fois."
    ),
    "no_answer": "Vous n'avez pas répondu à cette question.",
    "gone_title": "Il n'y a pas de salle {code} ici",
    "gone": "Le code contient peut-être une erreur, ou la salle est terminée et a été effacée.",
    "another_code": "Saisir un autre code",
    "look_again": "Actualiser",
    "lost": (
        "La connexion est interrompue. Cette page réessaie toute seule ; ne la fermez pas avant "
        "que votre réponse soit arrivée."
    ),
    "failed_title": "Cela n'a pas fonctionné",
    "back": "Retour à la salle",
    "number_help": "De {low} à {high}",
    "number_unit_help": "De {low} à {high} {unit}",
    "pair": "{title} : {value}",
    "line_help": "Donnez un nombre de {low} à {high} à chaque endroit, ou tracez la ligne.",
    "points_span": "De {worst} (le pire) à {best} (le meilleur)",
    "points_left": "Points restants : {n}",
    "else_label": "Autre chose compte pour moi (sans points)",
    "limit_least": "{title} : au moins",
    "limit_most": "{title} : au plus",
    "limit_least_is": "{title} : au moins {value}{unit}",
    "limit_most_is": "{title} : au plus {value}{unit}",
    "limit_unit_help": "De {low} à {high} {unit} ; vide : aucune limite",
    "limit_help": "De {low} à {high} ; vide : aucune limite",
    "point_yours": "Ce que vos valeurs choisissent",
    "point_without_values": (
        "Vous n'avez pas réparti de points : aucun réglage ne peut en être déduit."
    ),
    "same": "Identique pour tous les réglages : {same}.",
    "point_none": "Aucun de ceux-ci",
    "words_label": "Votre déclaration, en {most} caractères au plus",
    "words_help": (
        "Elle est montrée sans votre nom, une fois approuvée par la personne qui anime la salle."
    ),
    "words_join": "Déclarations auxquelles vous pouvez vous joindre",
    "join": "Je m'y joins",
    "randomised": (
        "Cette salle a choisi ε = {epsilon} : votre téléphone peut remplacer votre choix au hasard "
        "avant de l'envoyer. {kept} choix sur 100 sont envoyés tels quels."
    ),
    "results_title": "Ce que la salle a répondu",
    "results_few": "Moins de {least} personnes ont répondu : rien n'est montré.",
    "results_few_phones": (
        "Moins de {least} personnes ont répondu par téléphone : leurs réponses se déduiraient du "
        "total et de celles sur papier, rien n'est montré."
    ),
    "results_later": "Les nombres sont montrés après le second vote.",
    "losses_title": "Ce que vous perdez",
    "losses": (
        "À quelle distance du vôtre se trouve le réglage de chaque règle, sur vos 100 points :"
    ),
    "loss": "{value} (intervalle à 95 % : de {low} à {high})",
    "results_hidden": "masqué",
    "results_why": (
        "Les nombres inférieurs à {least} sont masqués, ainsi que ceux dont on pourrait les "
        "déduire."
    ),
    "results_band": "de {low} à {high}",
    "results_share": "{share} % (intervalle à 95 % : de {low} à {high} %)",
    "results_median": (
        "La moitié centrale des {n} réponses va de {low}{unit} à {high}{unit}, et celle du milieu "
        "est {median}{unit}."
    ),
    "door_title": "Cet explorateur n'est ouvert que sur sa propre machine",
    "door_way": "Entrer dans une salle",
    "none": "aucun",
}
